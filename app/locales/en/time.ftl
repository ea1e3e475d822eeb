# Times. In formats, %d is the day, %b the month's name, %a the weekday, %Y the year, %m the month, %H:%M:%S the time, %Z the zone.

format-date = %d %b %Y
format-date-time = %d %b %Y, %H:%M %Z
format-date-time-seconds = %d %b %Y, %H:%M:%S %Z
format-weekday = %a %d
format-day = %d %b
format-month-name = %b
format-year = %Y
format-time = %H:%M

now = now
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
ago-seconds = { $count } s ago
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
in-seconds = in { $count } s
in-minutes = in { $count } min
in-hours = in { $count } h
in-days = in { $count ->
    [one] { $count } day
   *[other] { $count } days
}

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
