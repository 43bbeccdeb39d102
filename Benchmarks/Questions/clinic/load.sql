-- A made-up clinic. Names in camelCase with a prefix per table, no foreign keys; half of the visits in 2023, half in the year before today.
CREATE TABLE clDept (clDeptId int PRIMARY KEY, clDeptName text NOT NULL, clDeptFloor int, clDeptBeds int);
INSERT INTO clDept VALUES (1, 'Cardiology', 3, 24), (2, 'Paediatrics', 1, 30), (3, 'Orthopaedics', 2, 18),
    (4, 'Dermatology', 1, 0), (5, 'Neurology', 3, 16), (6, 'Radiology', 0, 0);

CREATE TABLE clInsurer (clInsId varchar(6) PRIMARY KEY, clInsName text NOT NULL, clInsType text, clInsCountry char(2));
INSERT INTO clInsurer VALUES ('IN01', 'Helvita', 'private', 'CH'), ('IN02', 'Alpine Mutual', 'public', 'CH'),
    ('IN03', 'Nordcare', 'private', 'DE'), ('IN04', 'BarmStein', 'public', 'DE'), ('IN05', 'Sanitas Union', 'public', 'AT'),
    ('IN06', 'Quiet Harbour', 'private', 'AT');

CREATE TABLE clDoctor (
    clDocId int PRIMARY KEY, clDocName text NOT NULL, clDocSpecialty text, clDocDeptId int, clDocHireDate date,
    clDocSalary numeric(10,2), clDocActive boolean NOT NULL);
INSERT INTO clDoctor
SELECT i, 'Dr ' || (ARRAY['Anders','Bianchi','Costa','Dietrich','Egli','Fontana','Graf','Huber','Ito','Jansen','Keller','Lindt',
        'Moretti','Novak','Oser','Petit','Quinn','Rossi','Steiner','Tanner'])[i],
    (ARRAY['cardiologist','paediatrician','surgeon','dermatologist','neurologist'])[1 + i % 5], (ARRAY[1, 1, 2, 3, 1, 5, 2, 4, 3, 1, 2])[1 + i % 11],
    date '2009-03-01' + i * 237, 95000 + (i * 7919) % 61000, i % 7 <> 0
FROM generate_series(1, 20) i;

CREATE TABLE clPatient (
    clPtId varchar(8) PRIMARY KEY, clPtName text NOT NULL, clPtSex char(1), clPtBirthDate date, clPtCity text, clPtEmail text,
    clPtInsurerId varchar(6), clPtRegDate date NOT NULL, clPtBloodGroup varchar(3));
INSERT INTO clPatient
SELECT 'P' || lpad(i::text, 4, '0'),
    (ARRAY['Anna','Bruno','Carla','David','Elena','Felix','Greta','Hugo','Irene','Jonas','Klara','Luca','Mia','Nils'])[1 + i % 14]
        || ' ' || (ARRAY['Meier','Brunner','Vogel','Sanchez','Ammann','Wyss','Frei','Lopez','Bauer','Roth','Zeller'])[1 + i % 11],
    CASE WHEN i % 14 IN (0, 2, 4, 6, 8, 10, 12) THEN 'F' ELSE 'M' END, date '1941-05-02' + (i * 2903) % 29000,
    (ARRAY['Basel','Zurich','Bern','Lucerne','Geneva','Basel','Zurich','Basel'])[1 + i % 8],
    CASE WHEN i % 9 = 0 THEN NULL ELSE 'p' || i || (ARRAY['@mail.ch','@example.com','@post.de'])[1 + i % 3] END,
    CASE WHEN i % 10 = 3 THEN NULL ELSE 'IN0' || 1 + i % 5 END,
    CASE WHEN i % 4 = 0 THEN CURRENT_DATE - (i * 5) % 300 ELSE date '2021-06-01' + (i * 31) % 900 END,
    (ARRAY['A+','O+','B+','AB+','O-','A-'])[1 + i % 6]
FROM generate_series(1, 120) i;

CREATE TABLE clVisit (
    clVsId int PRIMARY KEY, clVsPtId varchar(8) NOT NULL, clVsDocId int NOT NULL, clVsDateTime timestamp NOT NULL, clVsType text,
    clVsStatus text, clVsDurationMin int, clVsFee numeric(8,2));
INSERT INTO clVisit
SELECT i, 'P' || lpad((1 + (i * i + i * 7) % 109)::text, 4, '0'), 1 + (i * 11 + i / 13) % 19,
    CASE WHEN i % 2 = 0 THEN timestamp '2023-01-02 08:00' + (i * 29 % 363) * interval '1 day' + (i % 19) * interval '30 minutes'
        ELSE CURRENT_DATE - (i * 17 % 330) * interval '1 day' + interval '8 hours' + (i % 17) * interval '30 minutes' END,
    (ARRAY['checkup','follow-up','emergency','checkup','surgery'])[1 + (i / 3) % 5],
    CASE WHEN i % 11 = 0 THEN 'cancelled' WHEN i % 13 = 0 THEN 'no_show' ELSE 'completed' END,
    CASE WHEN i % 11 = 0 OR i % 13 = 0 THEN NULL ELSE 10 + (i * 7) % 55 END, 60 + (i * 37) % 410 + (i % 4) * 0.25
FROM generate_series(1, 300) i;

CREATE TABLE clDrug (clDgId int PRIMARY KEY, clDgName text NOT NULL, clDgClass text, clDgUnitPrice numeric(8,2), clDgOtc boolean);
INSERT INTO clDrug VALUES (1, 'Amoxatrin', 'antibiotic', 1.20, false), (2, 'Cardiolex', 'beta blocker', 2.75, false),
    (3, 'Dolorin', 'analgesic', 0.35, true), (4, 'Dolorin Forte', 'analgesic', 0.90, false), (5, 'Ferrovit', 'supplement', 0.50, true),
    (6, 'Hydrocortin', 'steroid', 3.10, false), (7, 'Neuropax', 'anticonvulsant', 4.40, false), (8, 'Penivar', 'antibiotic', 1.85, false),
    (9, 'Statorol', 'statin', 2.05, false), (10, 'Xylonase', 'antihistamine', 0.80, true), (11, 'Zentrium', 'Antibiotic', 5.60, false);

CREATE TABLE clRx (clRxId int PRIMARY KEY, clRxVsId int NOT NULL, clRxDgId int NOT NULL, clRxQty int, clRxDays int, clRxRefill boolean);
INSERT INTO clRx
SELECT i, 1 + (i * 13) % 290, 1 + (i * 7 + i / 9 * i) % 10, 5 + (i * 9) % 56, 3 + (i * 5) % 28, i % 3 = 0
FROM generate_series(1, 240) i;

CREATE TABLE clLab (
    clLbId int PRIMARY KEY, clLbVsId int NOT NULL, clLbTest text, clLbValue numeric(8,2), clLbUnit text, clLbTakenAt timestamp,
    clLbFlag text);
INSERT INTO clLab
SELECT i, v.clVsId, (ARRAY['glucose','cholesterol','haemoglobin','TSH'])[1 + i % 4],
    (ARRAY[92.0, 185.0, 13.9, 2.1])[1 + i % 4] * (0.7 + (i * 7 % 60) / 100.0), (ARRAY['mg/dL','mg/dL','g/dL','mIU/L'])[1 + i % 4],
    v.clVsDateTime + (20 + i % 60) * interval '1 minute',
    CASE WHEN i % 17 = 0 THEN NULL WHEN i * 7 % 60 > 45 THEN 'high' WHEN i * 7 % 60 < 12 THEN 'low' ELSE 'normal' END
FROM generate_series(1, 180) i JOIN clVisit v ON v.clVsId = 1 + (i * 19) % 300;
