-- 到资流水 that break a rule
SELECT c.id
FROM capital_in c
LEFT JOIN enterprise e ON e.zone_code = c.zone_code AND e.id = c.ent
WHERE c.zone_code = :zone AND (FALSE
    OR ABS(c.amt_usd - c.amt_fc * c.fx_usd / 1e6) > ABS(c.amt_usd) * 0.01 -- W007
    OR c.proof_no IS NULL OR c.proof_no IN (SELECT proof_no FROM capital_in WHERE zone_code = :zone GROUP BY proof_no HAVING COUNT(*) > 1) -- W008
    OR c.in_date > :today OR c.in_date < e.open_date -- W011
    OR c.in_mofcom = 1 AND c.in_prov = 0 -- W021
    OR c.in_date IS NULL OR c.amt_usd IS NULL OR c.amt_cny IS NULL OR c.in_prov IS NULL -- D003
)
