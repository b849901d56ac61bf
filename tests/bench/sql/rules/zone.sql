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
    OR EXISTS (SELECT 1 FROM zone b JOIN zone c ON c.code = b.parent_code AND c.parent_code IS NOT NULL WHERE b.code = z.parent_code) -- Z015
    OR z.coop_park IS NOT NULL AND (EXISTS (SELECT 1 FROM enterprise_year y JOIN zone o ON o.zone_code = y.zone_code AND o.coop_park = z.coop_park JOIN enterprise e ON e.zone_code = y.zone_code AND e.id = y.ent AND e.uscc IS NOT NULL WHERE y.year = :year AND y.is_tw = 1 AND y.op_state IN ('1', '3') GROUP BY e.uscc HAVING COUNT(*) > 1) OR EXISTS (SELECT 1 FROM capital_in c JOIN zone o ON o.zone_code = c.zone_code AND o.coop_park = z.coop_park WHERE c.in_prov = 1 AND c.proof_no IS NOT NULL GROUP BY c.proof_no HAVING COUNT(*) > 1)) -- W018
    OR (SELECT COUNT(*) FROM zone c WHERE c.parent_code = z.code) <> (SELECT COUNT(DISTINCT c.code) FROM return_batch r JOIN zone c ON c.zone_code = r.zone_code AND c.parent_code = z.code WHERE r.year = :year AND r.form = :form AND r.seq = :seq AND r.pack = '台办') -- M018
)
