-- 交流人员 that break a rule
SELECT id
FROM exchange_person
WHERE zone_code = :zone AND (FALSE
    OR id_no IS NULL OR is_youth IS NULL -- D008
)
