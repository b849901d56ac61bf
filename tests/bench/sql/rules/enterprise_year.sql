-- 企业年度 that break a rule
WITH industry AS (
    SELECT kind, '、' || REPLACE(REPLACE(code_prefixes, '，', '、'), ',', '、') || '、' AS prefixes FROM zone_industry WHERE zone_code = :zone
),
own AS (
    SELECT ent, MAX(use_way IN ('1', '2')) AS occupied
    FROM parcel_use
    WHERE zone_code = :zone AND from_date <= :end AND (to_date IS NULL OR to_date > :end)
    GROUP BY ent
),
leased AS (
    SELECT DISTINCT ent FROM factory_lease WHERE zone_code = :zone AND from_date <= :end AND (to_date IS NULL OR to_date > :end)
)
SELECT y.id
FROM enterprise_year y
LEFT JOIN enterprise e ON e.zone_code = y.zone_code AND e.id = y.ent
LEFT JOIN tw_ent t ON t.zone_code = y.zone_code AND t.ent = y.ent
LEFT JOIN ent_period p ON p.zone_code = y.zone_code AND p.ent = y.ent AND p.year = y.year AND p.form = :form AND p.seq = :seq
WHERE y.zone_code = :zone AND y.year = :year AND (FALSE
    OR y.op_state = '1' AND e.ind_code BETWEEN '0610' AND '4690' AND e.prod_date IS NULL -- E019
    OR y.land_mode = '1' AND y.ent NOT IN (SELECT ent FROM own WHERE ent IS NOT NULL) -- E020
    OR y.land_mode = '2' AND y.ent NOT IN (SELECT ent FROM leased WHERE ent IS NOT NULL) -- E021
    OR e.ind_code IS NOT NULL AND y.zone_ind_tag IN ('首位', '主导') AND NOT EXISTS (SELECT 1 FROM industry i WHERE i.kind = y.zone_ind_tag AND (INSTR(i.prefixes, '、' || SUBSTR(e.ind_code, 1, 2) || '、') OR INSTR(i.prefixes, '、' || SUBSTR(e.ind_code, 1, 3) || '、') OR INSTR(i.prefixes, '、' || e.ind_code || '、') OR INSTR(i.prefixes, '、' || SUBSTR(e.ind_code, 1, 1) || '、'))) -- E022
    OR y.is_tw = 1 AND e.reg_type LIKE '1%' AND (t.route IS NULL OR t.route <> '8') -- E009
    OR y.is_tw = 1 AND t.id IS NULL -- E010
    OR y.is_up = 1 AND e.up_date IS NULL -- E013
    OR NOT (y.is_tw = 0 AND e.cap_tag <> '4' OR y.is_tw = 1 AND e.cap_tag = '4' OR y.is_tw = 1 AND t.route IS NOT NULL AND t.route <> '1') -- E026
    OR y.is_tw = 1 AND p.id IS NULL -- D001
    OR y.op_state = '1' AND e.ind_code BETWEEN '0610' AND '4690' AND e.prod_date <= :end AND (p.rev IS NULL OR p.tax_paid IS NULL OR y.ent NOT IN (SELECT ent FROM own WHERE occupied AND ent IS NOT NULL) AND y.ent NOT IN (SELECT ent FROM leased WHERE ent IS NOT NULL)) -- M001
)
