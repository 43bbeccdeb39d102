-- A made-up freight company. snake_case, real foreign keys, shipments with two keys to warehouses; half in 2023, half in the year before today.
CREATE TABLE warehouses (
    warehouse_id int PRIMARY KEY, name text NOT NULL, city text NOT NULL, country text NOT NULL, capacity_pallets int, opened_on date);
INSERT INTO warehouses VALUES (1, 'North Quay', 'Rotterdam', 'Netherlands', 5200, '2011-04-01'), (2, 'Rhine Hub', 'Cologne', 'Germany', 3900, '2013-09-15'),
    (3, 'Seine Depot', 'Lyon', 'France', 2750, '2016-02-20'), (4, 'Danube Gate', 'Vienna', 'Austria', 1800, '2018-06-11'),
    (5, 'Harbour East', 'Hamburg', 'Germany', 4400, '2009-11-30'), (6, 'Po Valley', 'Milan', 'Italy', 2100, '2020-03-05'),
    (7, 'Iberia South', 'Valencia', 'Spain', NULL, '2023-05-17'), (8, 'Vistula Park', 'Gdansk', 'Poland', 1500, '2022-01-10');

CREATE TABLE carriers (
    carrier_id int PRIMARY KEY, carrier_name text NOT NULL, transport_mode text NOT NULL, rating numeric(3,1), is_active boolean NOT NULL,
    contract_start date);
INSERT INTO carriers VALUES (1, 'Blue Road', 'road', 4.2, true, '2019-01-01'), (2, 'TransAlp', 'rail', 3.8, true, '2020-05-01'),
    (3, 'SkyLift', 'air', 4.7, true, '2021-03-01'), (4, 'Marevia', 'sea', 3.5, true, '2018-07-01'), (5, 'Kestrel Haulage', 'road', 2.9, true, '2022-02-01'),
    (6, 'Old Mill Freight', 'road', 3.1, false, '2015-10-01'), (7, 'PolarRail', 'rail', NULL, true, '2023-09-01');

CREATE TABLE drivers (
    driver_id int PRIMARY KEY, full_name text NOT NULL, carrier_id int NOT NULL REFERENCES carriers, license_class text, hired_on date,
    home_city text);
INSERT INTO drivers
SELECT i, (ARRAY['Ada','Boris','Chiara','Dirk','Eva','Filip','Gina','Hans','Iris','Jan'])[1 + i % 10] || ' '
        || (ARRAY['Kowal','Berg','Ricci','Smit','Lang','Duval'])[1 + i % 6], (ARRAY[1, 5, 2, 1, 6, 4, 3])[1 + i % 7],
    (ARRAY['C','CE','D','CE'])[1 + i % 4], date '2014-01-15' + (i * 263) % 3600,
    CASE WHEN i % 8 = 5 THEN NULL ELSE (ARRAY['Hamburg','Lyon','Milan','Cologne','Vienna'])[1 + i % 5] END
FROM generate_series(1, 32) i;

CREATE TABLE vehicles (
    vehicle_id int PRIMARY KEY, plate_number text UNIQUE NOT NULL, carrier_id int NOT NULL REFERENCES carriers, vehicle_type text,
    max_load_kg int, purchased_on date, retired_on date);
INSERT INTO vehicles
SELECT i, 'LG-' || 1000 + i * 37, (ARRAY[1, 5, 2, 1, 4, 3])[1 + i % 6], (ARRAY['truck','van','wagon','trailer'])[1 + i % 4],
    900 + (i * 1357) % 23000, date '2012-05-01' + (i * 171) % 4000, CASE WHEN i % 6 = 2 THEN date '2024-01-31' + i * 9 END
FROM generate_series(1, 36) i;

CREATE TABLE products (
    product_id int PRIMARY KEY, sku text UNIQUE NOT NULL, product_name text NOT NULL, category text, unit_weight_kg numeric(8,3), is_hazardous boolean);
INSERT INTO products
SELECT i, upper(left(c, 2)) || '-' || 100 + i * 3, (ARRAY['Compact','Large','Eco','Premium','Basic'])[1 + i % 5] || ' '
        || (ARRAY['pump','lamp','sofa','solvent','battery','tile','drill','chair'])[1 + i % 8],
    CASE WHEN i % 13 = 0 THEN upper(c) ELSE c END, 0.4 + (i * 17 % 90) * 0.75, i % 8 IN (3, 4)
FROM (SELECT i, (ARRAY['machinery','lighting','furniture','chemicals','electronics','building','machinery','furniture'])[1 + i % 8] AS c
    FROM generate_series(1, 40) i) p;

CREATE TABLE shipments (
    shipment_id int PRIMARY KEY, tracking_code text UNIQUE NOT NULL, origin_id int NOT NULL REFERENCES warehouses,
    destination_id int NOT NULL REFERENCES warehouses, carrier_id int NOT NULL REFERENCES carriers, vehicle_id int REFERENCES vehicles,
    driver_id int REFERENCES drivers, status text NOT NULL, weight_kg numeric(10,2), freight_cost numeric(10,2),
    dispatched_at timestamptz, promised_on date, delivered_at timestamptz);
INSERT INTO shipments
SELECT i, 'TRK' || 700000 + i * 113, o, 1 + (o + i / 2 % 6) % 7, c, v.vehicle_id, d.driver_id, s, 40 + (i * 311) % 5200 + 0.5,
    35 + (i * 173) % 2900 + (i % 3) * 0.1, t, t::date + 4 + i % 4,
    CASE WHEN s = 'delivered' THEN t + (20 + (i * 31) % 160) * interval '1 hour' END
FROM (SELECT i, 1 + (i * 5 + i / 7) % 7 AS o, (ARRAY[1, 1, 2, 5, 3, 4, 1, 2, 5, 3])[1 + (i * 3 + i / 10) % 10] AS c,
        CASE WHEN i % 2 = 0 THEN timestamptz '2023-01-03 07:30+00' + (i * 23 % 360) * interval '1 day' + i % 9 * interval '1 hour'
            ELSE CURRENT_DATE - (3 + i * 19 % 320) * interval '1 day' + (6 + i % 9) * interval '1 hour' END AS t,
        CASE WHEN i % 12 = 5 THEN 'lost' WHEN i % 9 = 7 THEN 'in_transit' WHEN i % 16 = 3 THEN 'cancelled' ELSE 'delivered' END AS s
    FROM generate_series(1, 280) i) x
LEFT JOIN LATERAL (SELECT vehicle_id FROM vehicles w WHERE w.carrier_id = c AND i % 10 > 1 ORDER BY (w.vehicle_id * 7 + i) % 11, 1 LIMIT 1) v ON true
LEFT JOIN LATERAL (SELECT driver_id FROM drivers w WHERE w.carrier_id = c AND i % 10 > 2 ORDER BY (w.driver_id * 5 + i) % 13, 1 LIMIT 1) d ON true;

CREATE TABLE shipment_items (
    shipment_id int NOT NULL REFERENCES shipments, product_id int NOT NULL REFERENCES products, quantity int NOT NULL, unit_value numeric(8,2),
    PRIMARY KEY (shipment_id, product_id));
INSERT INTO shipment_items
SELECT DISTINCT ON (1 + (i * 7) % 280, 1 + (i * i + 3 * i) % 37) 1 + (i * 7) % 280, 1 + (i * i + 3 * i) % 37, 1 + (i * 11) % 24, 4 + (i * 57) % 340 + 0.9
FROM generate_series(1, 300) i ORDER BY 1, 2, i;

CREATE TABLE incidents (
    incident_id int PRIMARY KEY, shipment_id int NOT NULL REFERENCES shipments, kind text NOT NULL, severity int, reported_at timestamptz,
    resolved_at timestamptz, damage_cost numeric(10,2));
INSERT INTO incidents
SELECT i, s.shipment_id, (ARRAY['delay','damage','theft','paperwork','delay'])[1 + i % 5], 1 + (i * 3) % 5,
    s.dispatched_at + (5 + i % 40) * interval '1 hour',
    CASE WHEN i % 5 <> 4 THEN s.dispatched_at + (30 + (i * 13) % 200) * interval '1 hour' END,
    CASE WHEN i % 5 IN (1, 2) THEN 50 + (i * 97) % 1900 END
FROM generate_series(1, 70) i JOIN shipments s ON s.shipment_id = 1 + (i * 29) % 280;
