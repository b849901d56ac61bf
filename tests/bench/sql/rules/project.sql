-- 项目 that break a rule
SELECT j.id
FROM project j
WHERE j.zone_code = :zone AND (FALSE
    OR j.stage NOT IN ('90', '0', '1', '2') AND j.d_sign IS NULL -- J001
    OR j.stage NOT IN ('90', '0', '1', '2', '3') AND (j.d_reg IS NULL OR j.owner_uscc IS NULL OR matches(j.owner_uscc, '统一社会信用代码') = 0) -- J002
    OR j.d_start > j.d_done OR j.d_start > j.d_prod -- J003
    OR j.d_reg < j.d_sign AND j.note IS NULL -- J004
    OR j.stage NOT IN ('90', '8', '9') AND j.d_prod IS NOT NULL -- J005
    OR j.d_sign > :today OR j.d_reg > :today OR j.d_start > :today OR j.d_done > :today OR j.d_prod > :today OR j.d_full > :today -- J006
    OR j.inv_fa > j.inv_total -- J009
    OR j.inv_cum * 5 > j.inv_total * 6 -- J010
    OR j.paid_cum * 5 > j.sign_amt * 6 -- J013
    OR j.is_transfer_key = 1 AND NOT CASE j.fund_type = '1' WHEN 1 THEN j.inv_total >= 200000000 WHEN 0 THEN j.inv_usd IS NOT NULL AND j.inv_usd >= 30000000 END -- J015
    OR j.inv_total >= 100000000 AND (j.lead_person IS NULL OR j.duty_unit IS NULL OR j.task_list IS NULL) -- J016
    OR j.fund_type <> '1' AND ABS(j.inv_usd - j.inv_fc * j.fx_usd / 1e6) > ABS(j.inv_usd) * 0.01 -- J017
    OR j.single = '同一产业链集群' AND (SELECT COUNT(*) FROM project m WHERE m.zone_code = j.zone_code AND m.parent_proj_no = j.proj_no) < 2 -- J020
    OR j.raw IS NOT NULL AND JSON_EXTRACT(j.raw, '$.parcel') IS NOT NULL -- J018
)
