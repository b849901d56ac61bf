-- 企业资质 that break a rule
SELECT q.id
FROM qual q
WHERE q.zone_code = :zone AND (FALSE
    OR q.kind = '高新技术企业' AND JULIANDAY(PRINTF('%d-%02d-%02d', q.valid_to / 10000, MAX(q.valid_to / 100 % 100, 1), MAX(q.valid_to % 100, 1))) - JULIANDAY(PRINTF('%d-%02d-%02d', q.appr_date / 10000, MAX(q.appr_date / 100 % 100, 1), MAX(q.appr_date % 100, 1))) NOT BETWEEN 1094 AND 1097 -- B006
    OR q.ent IS NULL -- B007
)
