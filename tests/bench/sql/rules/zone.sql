-- 开发区 that break a rule
WITH signed AS (
    SELECT
        COUNT(*) FILTER (WHERE d_reg <= :end) AS registered,
        COUNT(*) FILTER (WHERE d_start <= :end) AS started,
        COUNT(*) FILTER (WHERE d_prod <= :end) AS producing,
        COUNT(*) AS n, SUM(paid_cum) AS paid, SUM(sign_amt) AS amount
    FROM project
    WHERE zone_code = :zone AND d_sign BETWEEN :year_start AND :end
),
capital AS (
    SELECT
        COALESCE(SUM(amt_usd) FILTER (WHERE in_mofcom = 1), 0) AS mofcom,
        COALESCE(SUM(amt_usd) FILTER (WHERE in_prov = 1), 0) AS prov,
        COALESCE(SUM(amt_usd) FILTER (WHERE in_prov = 1 AND in_date <= :end), 0) AS prov_now,
        COALESCE(SUM(amt_usd) FILTER (WHERE in_prov = 1 AND in_date <= :last_end), 0) AS prov_last
    FROM capital_in
    WHERE zone_code = :zone
)
SELECT z.id
FROM zone z, signed, capital
WHERE z.zone_code = :zone AND (FALSE
    OR z.mgmt_area * 1.0 / z.appr_area >= 10 -- Z013
    OR z.core_area > z.mgmt_area -- Z014
    OR z.mgmt_area < z.appr_area -- Z016
    OR registered < started OR started < producing OR signed.n > 0 AND paid > amount -- J014
    OR capital.mofcom > capital.prov -- W010
    OR capital.prov_now < capital.prov_last -- W019
    OR NOT EXISTS (SELECT 1 FROM enterprise_year y WHERE y.zone_code = :zone AND y.year = :year AND y.is_tw IS NOT NULL) -- D009
    OR EXISTS (SELECT 1 FROM zone k JOIN zone g ON g.code = k.parent_code WHERE k.code = z.parent_code AND g.parent_code IS NOT NULL) -- Z015
    OR z.coop_park IS NOT NULL AND ((SELECT COUNT(e.uscc) - COUNT(DISTINCT e.uscc) FROM enterprise_year y JOIN enterprise e ON e.zone_code = y.zone_code AND e.id = y.ent JOIN zone o ON o.zone_code = y.zone_code WHERE y.year = :year AND y.is_tw = 1 AND y.op_state IN ('1', '3') AND o.coop_park = z.coop_park) <> 0 OR (SELECT COUNT(*) - COUNT(DISTINCT c.proof_no) FROM capital_in c JOIN zone o ON o.zone_code = c.zone_code WHERE c.in_prov = 1 AND o.coop_park = z.coop_park) <> 0) -- W018
    OR EXISTS (SELECT 1 FROM return_batch b WHERE b.zone_code = :zone AND b.year = :year AND b.form = :form AND b.pack = '台办' AND b.report_date > :end) -- M015
    OR EXISTS (SELECT 1 FROM return_batch b WHERE b.zone_code = :zone AND b.year = :year AND b.form = :form AND b.pack = '工信' AND b.report_date > :end + 8889) -- GX05
    OR (SELECT COUNT(*) FROM zone k WHERE k.parent_code = z.code) <> (SELECT COUNT(DISTINCT k.code) FROM return_batch b JOIN zone k ON k.zone_code = b.zone_code WHERE b.year = :year AND b.form = :form AND b.pack = '台办' AND k.parent_code = z.code) -- M018
)
