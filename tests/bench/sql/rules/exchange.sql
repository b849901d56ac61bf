-- 交流活动 that break a rule
SELECT x.id
FROM exchange x
WHERE x.zone_code = :zone AND (FALSE
    OR x.tw_youth_cnt > x.tw_total -- W016
    OR x.tw_youth_uniq > x.tw_youth_cnt -- W017
    OR x.end_date IS NULL OR x.tw_youth_cnt IS NULL -- D006
    OR x.tw_youth_uniq IS NULL AND NOT EXISTS (SELECT 1 FROM exchange_person p WHERE p.zone_code = x.zone_code AND p.act = x.id) -- D007
)
