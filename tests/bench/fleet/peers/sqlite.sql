-- The four rules in SQLite, from the lines on: sqlite3 :memory:, with __EVENTS__ put in.
create table line(text text);
.mode ascii
.separator "\001" "\n"
.import __EVENTS__ line
.mode list
.separator " "
create table event as
  select text ->> '$.type' type, text ->> '$.agreement' agreement, text ->> '$.subject' subject, text ->> '$.time' day,
         text ->> '$.data.chair' chair, text ->> '$.data.written' written, text ->> '$.data.last' last
  from line;
create table agreement as
  select agreement, day, last,
         -- `-6 months` makes 31 June 1 July: no later than the end of the month
         min(date(last, '-6 months'), date(last, 'start of month', '-5 months', '-1 day')) consult_by
  from event where type = 'signing';
create index by_agreement on event(type, agreement, subject, day);
select 'events', count(*),
  'R1', (
    with recursive half(agreement, begins, last) as (
      select agreement,
             case when substr(day, 6, 5) in ('01-01', '07-01') then day
                  when substr(day, 6, 2) < '07' then substr(day, 1, 4) || '-07-01'
                  else date(day, 'start of year', '+1 year') end,
             last
      from agreement
      union all
      select agreement, date(begins, '+6 months'), last from half where date(begins, '+6 months') < last)
    select count(*) from half h
    where date(begins, '+6 months', '-1 day') <= last
      and (select count(*) from event m where m.type = 'meeting' and m.agreement = h.agreement
           and m.subject = 'samrad' and m.day >= h.begins and m.day < date(h.begins, '+6 months')) < 2),
  'R2', (
    select count(*) from (
      select chair, lag(chair) over (partition by agreement order by day) before from event where type = 'meeting')
    where chair = before),
  'R3', (
    select count(*) from event u where type = 'update' and not exists (
      select 1 from event d where d.type = 'decision' and d.written and d.agreement = u.agreement
      and d.subject = u.subject and d.day >= u.day and d.day <= date(u.day, '+90 days'))),
  'R4', (
    select count(*) from agreement a where not exists (
      select 1 from event c where c.type = 'consultation' and c.agreement = a.agreement
      and c.day >= a.day and c.day <= a.consult_by))
from event;
