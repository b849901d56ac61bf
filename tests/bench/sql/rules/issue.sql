-- 问题 that break a rule
SELECT id
FROM issue
WHERE zone_code = :zone AND (FALSE
    OR close_date < raise_date -- B011
    OR state NOT IN ('办结', '销号') AND due_date < :end -- B012
)
