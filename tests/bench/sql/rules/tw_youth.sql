-- 台湾青年 that break a rule
SELECT id
FROM tw_youth
WHERE zone_code = :zone AND (FALSE
    OR (from_date - birth * 100 - 1) / 10000 NOT BETWEEN 18 AND 45 -- W012
    OR id_no IS NULL OR kind IS NULL OR from_date IS NULL -- D005
    OR (from_date IS NULL OR from_date <= :end) AND (to_date IS NULL OR to_date > :end) AND id_hash IN (SELECT id_hash FROM tw_youth WHERE (from_date IS NULL OR from_date <= :end) AND (to_date IS NULL OR to_date > :end) GROUP BY id_hash HAVING COUNT(DISTINCT zone_code) > 1) OR (id_hash, from_date) IN (SELECT id_hash, from_date FROM tw_youth GROUP BY 1, 2 HAVING COUNT(DISTINCT zone_code) > 1) -- W014
)
