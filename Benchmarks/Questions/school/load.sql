-- A made-up school. Plural and singular names mixed, junction tables, self references, an enumerated type, codes, case variants.
CREATE TYPE course_level AS ENUM ('intro', 'intermediate', 'advanced');

CREATE TABLE departments (code varchar(4) PRIMARY KEY, title text NOT NULL, head_id int, budget numeric(10,2), building text);
CREATE TABLE teachers (
    id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, department_code varchar(4) NOT NULL REFERENCES departments (code),
    mentor_id int REFERENCES teachers (id), hired date, salary numeric(10,2), full_time boolean NOT NULL);
INSERT INTO departments VALUES ('MATH', 'Mathematics', 1, 42000, 'Euler'), ('SCI', 'Natural Sciences', 4, 88000, 'Curie'),
    ('LANG', 'Languages', 7, 36000, 'Goethe'), ('ART', 'Arts and Music', NULL, 27500, 'Goethe'), ('PE', 'Physical Education', 12, 31000, NULL),
    ('HIST', 'History', 9, 24000, 'Curie');
INSERT INTO teachers
SELECT i, (ARRAY['Agnes','Bernard','Celia','Daniel','Edith','Franz','Gloria','Henrik','Isabel','Jules','Karin','Leon','Marta','Noel'])[1 + i % 14],
    (ARRAY['Abbott','Brandt','Cohen','Doyle','Evers','Fischer','Garcia','Holm','Ivers'])[1 + i % 9],
    (ARRAY['MATH','MATH','SCI','SCI','LANG','LANG','HIST','PE','ART'])[1 + i % 9], CASE WHEN i > 6 AND i % 4 <> 0 THEN 1 + i * 5 % 6 END,
    date '2003-08-15' + i * 283, 48000 + (i * 4421) % 33000, i % 5 <> 2
FROM generate_series(1, 26) i;
ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES teachers (id);

CREATE TABLE student (
    student_no int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, birth_date date, grade_level int, house text, guardian_email text,
    enrolled_on date NOT NULL, left_on date, buddy_no int REFERENCES student (student_no), scholarship boolean);
INSERT INTO student
SELECT 1000 + i, (ARRAY['Alba','Ben','Chloe','Dario','Emma','Finn','Gwen','Hana','Ivan','Julia','Kai','Lena'])[1 + i % 12],
    (ARRAY['Novotny','Okafor','Parker','Quiroga','Reyes','Sato','Thomsen','Ueda','Varga','Weber','Young'])[1 + i % 11],
    date '2007-01-10' + (i * 41) % 2100, 7 + i % 6, CASE WHEN i % 15 = 4 THEN NULL WHEN i % 7 = 1 THEN 'falcon' ELSE (ARRAY['Falcon','Otter','Badger','Lynx'])[1 + i % 4] END,
    CASE WHEN i % 6 = 0 THEN NULL ELSE 'family' || i || (ARRAY['@home.org','@mail.net'])[1 + i % 2] END,
    CASE WHEN i % 5 = 0 THEN CURRENT_DATE - (i * 3) % 200 ELSE date '2020-08-24' + (i * 53) % 1200 END,
    CASE WHEN i % 19 = 7 THEN date '2024-06-28' + i END, CASE WHEN i > 20 AND i % 3 = 0 THEN 1000 + i * 7 % 20 + 1 END, i % 8 = 3
FROM generate_series(1, 140) i;

CREATE TABLE course (
    course_code varchar(8) PRIMARY KEY, title text NOT NULL, department_code varchar(4) NOT NULL REFERENCES departments (code), credits int,
    level course_level NOT NULL, prerequisite_code varchar(8) REFERENCES course (course_code), max_students int);
INSERT INTO course VALUES ('MA101', 'Algebra', 'MATH', 4, 'intro', NULL, 30), ('MA201', 'Geometry', 'MATH', 4, 'intermediate', 'MA101', 28),
    ('MA301', 'Calculus', 'MATH', 6, 'advanced', 'MA201', 20), ('SC101', 'General Science', 'SCI', 3, 'intro', NULL, 32),
    ('SC210', 'Chemistry', 'SCI', 5, 'intermediate', 'SC101', 24), ('SC220', 'Biology', 'SCI', 5, 'intermediate', 'SC101', 24),
    ('SC310', 'Astronomy', 'SCI', 2, 'advanced', NULL, 16), ('LA110', 'French', 'LANG', 3, 'intro', NULL, 26),
    ('LA120', 'Spanish', 'LANG', 3, 'intro', NULL, 26), ('LA230', 'World Literature', 'LANG', 4, 'intermediate', NULL, 25),
    ('AR100', 'Drawing', 'ART', 2, 'intro', NULL, 18), ('AR150', 'Choir', 'ART', 1, 'intro', NULL, NULL),
    ('PE100', 'Athletics', 'PE', 1, 'intro', NULL, 40), ('HI120', 'Ancient History', 'HIST', 3, 'intro', NULL, 30),
    ('HI330', 'Modern History', 'HIST', 4, 'advanced', 'HI120', 22);

CREATE TABLE course_teacher (
    course_code varchar(8) REFERENCES course (course_code), teacher_id int REFERENCES teachers (id), role text NOT NULL, PRIMARY KEY (course_code, teacher_id));
INSERT INTO course_teacher
SELECT DISTINCT ON (course_code, t.id) course_code, t.id, CASE WHEN rank = 1 THEN 'lead' ELSE 'assistant' END
FROM (SELECT course_code, department_code, row_number() OVER (ORDER BY course_code) AS n FROM course) c
JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY (id * 7 + n) % 10, id) AS rank FROM teachers w WHERE w.department_code = c.department_code) t ON rank <= 1 + n % 2;

CREATE TABLE enrollments (
    id serial PRIMARY KEY, student_no int NOT NULL REFERENCES student (student_no), course_code varchar(8) NOT NULL REFERENCES course (course_code),
    term char(7) NOT NULL, status varchar(10) NOT NULL, final_grade numeric(3,1), enrolled_at timestamptz);
INSERT INTO enrollments
SELECT i, 1001 + i * 7 % 61 + i % 2 * 66, (SELECT array_agg(course_code ORDER BY course_code) FROM course)[1 + (i * 37 % 101) * (i * 37 % 101) / 729], t,
    s, CASE WHEN s = 'completed' THEN 2.0 + (i * 7 % 40) / 10.0 END, (left(t, 4) || CASE WHEN right(t, 1) = '1' THEN '-01-' ELSE '-08-' END || 10 + i % 18)::date + time '09:15' AT TIME ZONE 'UTC'
FROM (SELECT i, (ARRAY['2023-T1','2023-T2','2024-T1','2024-T2'])[1 + i / 3 % 4] AS t,
    CASE WHEN i % 9 = 2 OR i % 61 = 7 THEN 'dropped' WHEN i % 7 = 3 THEN 'active' ELSE 'completed' END AS s FROM generate_series(1, 300) i) x;

CREATE TABLE clubs (club_id int PRIMARY KEY, club_name text NOT NULL, advisor_id int REFERENCES teachers (id), meeting_day text, founded date);
INSERT INTO clubs VALUES (1, 'Chess Club', 2, 'Monday', '2015-09-01'), (2, 'Robotics', 5, 'Wednesday', '2019-02-11'),
    (3, 'Debate Society', 9, 'tuesday', '2012-10-05'), (4, 'Drama', NULL, 'Friday', '2016-01-20'), (5, 'Hiking', 12, 'Saturday', '2021-04-14'),
    (6, 'Photography', 2, 'Tuesday', '2022-09-30'), (7, 'Coding', 5, 'wednesday', NULL);

CREATE TABLE club_members (
    club_id int NOT NULL REFERENCES clubs, student_no int NOT NULL REFERENCES student (student_no), joined_on date, position text, PRIMARY KEY (club_id, student_no));
INSERT INTO club_members
SELECT DISTINCT ON (c, s) c, s, CASE WHEN i % 3 = 0 THEN CURRENT_DATE - (i * 7) % 90 ELSE date '2022-09-05' + (i * 11) % 600 END,
    CASE WHEN i % 16 = 0 THEN 'President' WHEN i % 16 = 8 THEN 'treasurer' ELSE 'member' END
FROM (SELECT i, 1 + (i * i + i / 5) % 6 AS c, 1001 + (i * 17) % 137 AS s FROM generate_series(1, 110) i) x ORDER BY c, s, i;

CREATE TABLE attendance (
    id int PRIMARY KEY, student_no int NOT NULL REFERENCES student (student_no), course_code varchar(8) NOT NULL REFERENCES course (course_code), on_date date NOT NULL,
    code char(1) NOT NULL, minutes_late int);
INSERT INTO attendance
SELECT i, 1001 + (i * 13) % 131, (SELECT array_agg(course_code ORDER BY course_code) FROM course)[1 + (i * 5 + i / 15) % 14],
    CASE WHEN i % 4 < 2 OR i % 16 = 11 THEN date '2023-09-04' + (i * 3) % 110 ELSE CURRENT_DATE - 1 - (i * 7) % 75 END, s, CASE WHEN s = 'L' THEN 2 + (i * 7) % 28 END
FROM (SELECT i, CASE WHEN i % 8 = 3 THEN 'A' WHEN i % 6 = 1 THEN 'L' WHEN i % 25 = 12 THEN 'E' ELSE 'P' END AS s FROM generate_series(1, 300) i) x;
