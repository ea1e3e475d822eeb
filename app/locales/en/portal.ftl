# The client user's pages.

format-month = %b %Y

download = Download
upload = Upload
latency = Latency
loss = Packet loss
not-agreed = Not agreed
filter-any = Any

standing-planned = Not active yet
standing-ended = Ended
standing-inactive = Not active
standing-since = Since
standing-planned-text = This link is not active yet. Measuring begins once it is.
standing-planned-from = This link is not active yet. Measuring begins on
standing-ended-text = This link is no longer active. Its history stays here.
standing-up-text = The link is up.
standing-down-text = The link is down.
standing-degraded-text = The link is up, but latency or packet loss are worse than agreed.
standing-unknown-text = We cannot see the link at the moment. It may well be working.
standing-maintenance-text = Planned work is under way. It does not count against the agreed uptime.
standing-disabled-text = The link is switched off.

summary-none-active = No link is active yet
summary-all-up = { $count ->
    [one] Your link is up
   *[other] All { $count } links are up
}
summary-up = { $count ->
    [one] 1 of { $total } links is up
   *[other] { $count } of { $total } links are up
}
summary-down = { $total ->
    [one] Your link is down
   *[other] { $count ->
        [one] 1 of { $total } links is down
       *[other] { $count } of { $total } links are down
    }
}
summary-degraded = { $total ->
    [one] Your link is degraded
   *[other] { $count ->
        [one] 1 of { $total } links is degraded
       *[other] { $count } of { $total } links are degraded
    }
}
summary-unknown = { $total ->
    [one] We cannot see your link at the moment
   *[other] We cannot see { $count } of { $total } links at the moment
}
summary-maintenance = { $total ->
    [one] Your link is in maintenance
   *[other] { $count ->
        [one] 1 of { $total } links is in maintenance
       *[other] { $count } of { $total } links are in maintenance
    }
}
summary-disabled = { $total ->
    [one] Your link is switched off
   *[other] { $count ->
        [one] 1 of { $total } links is switched off
       *[other] { $count } of { $total } links are switched off
    }
}

dashboard-empty = No links yet
dashboard-empty-text = As soon as your provider has set up a link for you, it appears here. If you expected one, please ask them.
dashboard-more = { $count ->
    [one] One more link
   *[other] { $count } more links
}
card-sparkline = Traffic in the last 24 hours
card-no-samples = Nothing measured in the last 24 hours
card-for = for
card-month = Uptime this month

links-name = Link
links-client = Customer
links-kind = Type
links-state = State
links-changed = Changed
links-month = This month
links-search = Search by name, type or number
links-none-match = No link matches
links-none-match-text = Try fewer words, or clear the filters.

month-title = { $month } so far
month-uptime = uptime
month-agreed = agreed
month-seen = measured
month-kept = Meets the agreed { $agreed } %
month-broken = Below the agreed { $agreed } %
month-too-little = Agreed are { $agreed } %. Too little was measured to compare.
month-no-data = Agreed are { $agreed } %. Nothing was measured yet.
month-not-agreed = No uptime is agreed for this link.
month-word-kept = kept so far
month-word-broken = not kept
month-word-too-little = not known
month-down = Downtime
month-none = None
month-outages = Outages
month-outage-count = { $count ->
    [0] None
   *[other] { $count }
}
month-excluded = Does not count
month-coverage = Measured
month-coverage-whole = All of the time that counts
month-coverage-rest = of the time that counts; the rest is left out
month-zone = The month is counted in { $zone }.

maintenance-now = Maintenance under way
maintenance-coming = Maintenance planned
maintenance-from = From
maintenance-for = for
maintenance-what = Planned work
maintenance-begins = Began
maintenance-length = Length
maintenance-recent = Recent maintenance
maintenance-none = No maintenance in the last 90 days.

outage-title = Outages
outage-title-range = Outages, { $range }
outage-none = No outages in { $range }.
outage-began = Began
outage-before = before
outage-ended = Ended
outage-lasted = Lasted
outage-counted = Counted
outage-notes = Notes
outage-ongoing = Ongoing
outage-within = During maintenance:
outage-short = Between two measurements, does not count

range-label = Range
range-day = 24 h
range-week = 7 d
range-month = 30 d
range-year = 1 y
range-chosen = Other range
range-day-words = the last 24 hours
range-week-words = the last 7 days
range-month-words = the last 30 days
range-year-words = the last 365 days
range-chosen-words = { $from } – { $to }
range-from = From
range-to = To
range-show = Show
range-back = Back
range-zoom = Or drag across a graph. With the keyboard: arrow keys to read, Shift and arrow keys to select, Enter to look closer, Escape to go back.
compare-label = Compare with
compare-none = Nothing
compare-before = The range before
compare-year = A year ago
compare-of-before = { $measured } before
compare-of-year = { $measured } a year ago
compare-with-before = Compared with the range before, { $range }.
compare-with-year = Compared with 52 weeks earlier, so that weekdays match: { $range }.
compare-nothing = Nothing was measured then.
compare-in-part = The link was not in service throughout both ranges, so their figures are not compared.
range-not-a-time = Enter a date, or a date and time.
range-future = This is in the future.
range-backwards = This is not after the beginning.
range-too-short = A range has at least one hour.
range-too-long = A range has at most 10 years.

measured-title = Measurements
measured-none = Nothing measured yet
measured-none-text = The first values appear within five minutes of the first measurement.
measured-none-planned = Measuring begins when the link is activated.
measured-none-ended = Nothing was measured in this time.
download-csv = CSV
committed-line = Committed { $rate }
committed-line-download = Committed download { $rate }
committed-line-upload = Committed upload { $rate }
percentile-line-download = 95th percentile download { $rate }
percentile-line-upload = 95th percentile upload { $rate }
not-probed = Latency and packet loss are not measured on this link.
graph-traffic = Traffic
graph-traffic-text = Download above and upload below the zero line, in { $range }.
graph-latency = Latency
graph-latency-text = Round trips in { $range }.
graph-loss = Packet loss
graph-loss-text = Share of test packets without an answer in { $range }.
table-percentiles = 95th percentile: download { $download }, upload { $upload }.
table-percentiles-then = 95th percentile then: download { $download }, upload { $upload }.
table-lead = All values of { $range } in steps of { $step }.

now-title = Now
now-of = { $rate } of { $committed }
now-loss = { $lost } of { $sent } test packets
now-measured = Measured
now-nothing = Nothing measured yet. The first values appear within five minutes.

details-title = Agreement
details-reference = Circuit number
details-committed-down = Committed download
details-committed-up = Committed upload
details-profile = Service level
details-agreed = Agreed
details-active = Active since
terms-uptime = at least { $percent } % uptime a month
terms-latency = at most { $ms } latency
terms-jitter = at most { $ms } jitter
terms-loss = at most { $percent } % packet loss
terms-hours = within the agreed service hours

trend-title = Trend
trend-lead = The busiest hour of each day, averaged by week, over the last { $weeks } weeks.
trend-too-short = A trend needs { $needed } weeks of measurements; so far there { $known ->
    [0] are none.
    [one] is one.
   *[other] are { $known }.
}
trend-gaps = Too many weeks lack measurements to tell a trend.
trend-level = No clear growth or decline: { $mean } on average.
trend-level-of = No clear growth or decline: { $mean } on average, { $share } of the committed bandwidth.
trend-unsteady = It has changed in these weeks, but not so steadily that it could be said where it is going.
trend-curve = { $direction } in the busiest hour of a day, week by week
trend-grows = Grows by { $rate } a month (90 % certain: { $low } to { $high }).
trend-falls = Falls by { $rate } a month (90 % certain: { $low } to { $high }).
trend-now = Now { $now } of the committed { $committed }.
trend-already = The committed { $committed } has been reached: it is now { $now }.
trend-likely = If this continues, the committed bandwidth is reached around { $likeliest } (90 % certain: between { $earliest } and { $latest }).
trend-likely-open = If this continues, the committed bandwidth is reached around { $likeliest } (95 % certain: not before { $earliest }). The latest day can't be told yet.
trend-not-before = If this continues, the committed bandwidth is not reached before { $day } (95 % certain). The measurements don't reach further ahead.
trend-beyond = If this continues, the committed bandwidth is not reached before { $day }. The measurements don't reach further ahead.
