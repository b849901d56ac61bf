-- 企业 that break a rule; codes and phones are checked by the program's own function
WITH gone AS (
    SELECT e.id
    FROM enterprise e
    LEFT JOIN enterprise_year y ON y.zone_code = e.zone_code AND y.ent = e.id AND y.year = :year
    LEFT JOIN enterprise_year b ON b.zone_code = e.zone_code AND b.ent = e.id AND b.year = :year - 1
    WHERE y.out_date IS NOT NULL OR y.out_reason IS NOT NULL OR y.to_zone IS NOT NULL
        OR y.id IS NULL AND (b.out_date IS NOT NULL OR b.out_reason IS NOT NULL OR b.to_zone IS NOT NULL OR b.id IS NULL AND e.enter_date / 10000 < :year - 1)
)
SELECT e.id
FROM enterprise e
LEFT JOIN zone z ON z.zone_code = e.zone_code
WHERE e.zone_code = :zone AND (FALSE
    OR e.ind_code IS NULL OR LENGTH(e.ind_code) <> 4 -- E006
    OR CASE e.reg_scheme = '2023' WHEN 1 THEN e.reg_type NOT IN ('111', '112', '119', '121', '129', '131', '132', '133', '134', '140', '150', '190', '210', '220', '230', '290', '310', '320', '330', '390', '400', '500', '900') WHEN 0 THEN e.reg_type NOT IN ('110', '120', '130', '141', '142', '143', '149', '151', '159', '160', '171', '172', '173', '174', '190', '210', '220', '230', '240', '290', '310', '320', '330', '340', '390') END -- E007
    OR e.open_date > e.enter_date AND JULIANDAY(PRINTF('%d-%02d-%02d', e.open_date / 10000, MAX(e.open_date / 100 % 100, 1), MAX(e.open_date % 100, 1))) - JULIANDAY(PRINTF('%d-%02d-%02d', e.enter_date / 10000, MAX(e.enter_date / 100 % 100, 1), MAX(e.enter_date % 100, 1))) > 365 -- E012
    OR e.down_date <= e.up_date -- E014
    OR z.role NOT IN ('1', '2', '3') -- E023
    OR matches(e.tel, '电话') = 0 -- E024
    OR EXISTS (SELECT 1 FROM enterprise_year y WHERE y.zone_code = e.zone_code AND y.ent = e.id AND y.year = :year - 1 AND y.out_date IS NULL AND y.out_reason IS NULL) AND NOT EXISTS (SELECT 1 FROM enterprise_year y WHERE y.zone_code = e.zone_code AND y.ent = e.id AND y.year = :year) -- E025
    OR matches(e.uscc, '统一社会信用代码') = 0 -- E001
    OR matches(e.uscc, '组织机构代码') = 0 AND matches(e.uscc, '统一社会信用代码') = 1 -- E001B
    OR e.uscc IS NULL -- E002
    OR e.uscc IN (SELECT uscc FROM enterprise WHERE zone_code = :zone GROUP BY uscc HAVING COUNT(*) > 1) -- E003
    OR e.ent_name IN (SELECT ent_name FROM enterprise WHERE zone_code = :zone GROUP BY ent_name HAVING COUNT(*) > 1) -- E004
    OR e.ent_name IS NULL OR e.ent_name LIKE '% %' OR e.ent_name LIKE '%　%' -- E005
    OR e.reg_type LIKE '2%' AND e.cap_tag NOT IN ('2', '3', '4') -- E008
    OR e.open_date > :today -- E011
    OR e.id NOT IN (SELECT id FROM gone) AND e.uscc IN (SELECT uscc FROM enterprise WHERE id NOT IN (SELECT id FROM gone) GROUP BY uscc HAVING COUNT(DISTINCT zone_code) > 1) -- M007
)
