-- The four rules in DuckDB, from the lines on, with __EVENTS__ put in.
create table event as
  select type, agreement, subject, time as day, data.chair as chair, data.written as written, data.last as last
  from read_json('__EVENTS__', format = 'newline_delimited', columns = {
    type: 'VARCHAR', agreement: 'VARCHAR', subject: 'VARCHAR', time: 'DATE',
    data: 'STRUCT(chair VARCHAR, written BOOLEAN, last DATE)'});
select 'events', (select count(*) from event),
  'R1', (
    select count(*) from (
      select agreement, begins::date as begins from (
        select agreement, day, last,
               unnest(generate_series(date_trunc('year', day)::timestamp, last::timestamp, interval 6 month)) as begins
        from event where type = 'signing')
      where begins >= day and begins + interval 6 month - interval 1 day <= last) half
    left join (
      select agreement, make_date(year(day), case when month(day) > 6 then 7 else 1 end, 1) as begins, count(*) as held
      from event where type = 'meeting' group by 1, 2) meeting using (agreement, begins)
    where coalesce(held, 0) < 2),
  'R2', (
    select count(*) from (
      select chair, lag(chair) over (partition by agreement order by day) as before from event where type = 'meeting')
    where chair = before),
  'R3', (
    select count(*) from event u where type = 'update' and not exists (
      select 1 from event d where d.type = 'decision' and d.written and d.agreement = u.agreement
      and d.subject = u.subject and d.day between u.day and u.day + 90)),
  'R4', (
    select count(*) from event s where type = 'signing' and not exists (
      select 1 from event c where c.type = 'consultation' and c.agreement = s.agreement
      and c.day between s.day and s.last - interval 6 month));
