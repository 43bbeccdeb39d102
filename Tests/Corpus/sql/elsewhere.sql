-- Another company.sql: the same for whoever sees what he may see, without anything of what he may not. A statement whose
-- outcome differs between the two has shown something of that.
DROP SCHEMA ai CASCADE;
DROP OPERATOR public.= (integer, integer);
DROP FUNCTION public.forget(public.customers);
DROP COLLATION public.loose;
CREATE COLLATION public.loose FROM "C";
CREATE OR REPLACE VIEW dash.active_customers AS
    SELECT id, company_name, country FROM public.customers WHERE status IN ('active', 'asleep');
COMMENT ON TABLE public.customers IS NULL;
COMMENT ON COLUMN public.customers.id IS NULL;
DELETE FROM pg_catalog.pg_statistic;
SELECT lo_unlink(1);
SELECT setval('public.invoice_number', 1000);
