# SLA profiles and maintenance.

sla-profiles = SLA profiles
sla-lead = What you promise of links. A link has one profile; a change is a new version, and the old ones stay readable.
sla-none = No SLA profiles yet
sla-none-text = Write down what you promise: uptime, perhaps latency, jitter and loss, and when it counts. Then give it to links.
sla-add = Add SLA profile
sla-edit-title = Edit { $name }
sla-edit-note = A change of what is promised becomes version { $next } and applies to { $links ->
    [one] one link
   *[other] { $links } links
} from now on, the current month included. Another name is no new version.
sla-search = Name
sla-name = Name
sla-name-hint = As it stands in the contract.
sla-uptime = Uptime
sla-uptime-hint = At least this share of the known time, up to six decimal places: 99.95. Exactly this is met.
sla-latency = Latency
sla-latency-hint = The highest mean round trip of a month. Empty: nothing is promised.
sla-jitter = Jitter
sla-jitter-hint = The highest mean difference between one round trip and the next in a month. Empty: nothing is promised.
sla-loss = Packet loss
sla-loss-hint = The highest share of probes lost in a month. Empty: nothing is promised.
sla-hours = Service hours
sla-always = Always
sla-always-hint = Every minute counts.
sla-week = By the week
sla-week-hint = Hours for each day as 08:00–18:00, several with commas between; “always” for a whole day; empty for none. On the clock of { $zone }.
sla-no-hours = none
sla-days = { $count ->
    [one] { $count } day a week
   *[other] { $count } days a week
}
day-name-1 = Monday
day-name-2 = Tuesday
day-name-3 = Wednesday
day-name-4 = Thursday
day-name-5 = Friday
day-name-6 = Saturday
day-name-7 = Sunday
sla-unreachable = While the router can't be reached
sla-unreachable-unknown = Not known
sla-unreachable-unknown-hint = The time counts neither way; the report says how much of the month was seen.
sla-unreachable-down = Down
sla-unreachable-down-hint = The time counts as an outage.
sla-disabled = While the interface is switched off
sla-disabled-excluded = Does not count
sla-disabled-excluded-hint = Like maintenance; the report lists it.
sla-disabled-down = Down
sla-disabled-down-hint = The time counts as an outage.
sla-measured = Uptime is measured by
sla-measured-slots = Five minutes
sla-measured-slots-hint = Each five minutes count as their poll found them.
sla-measured-edges = Seconds
sla-measured-edges-hint = Outages count from the second at which the router says the interface went down to that at which it came back, short drops too. Where it says nothing, five minutes count.
sla-credits = Credits
sla-credits-hint = A month with less uptime earns this share of its fee. Of several that were missed, the lowest uptime counts. All of them are optional.
sla-no-credits = none
sla-tier-below = Uptime below
sla-tier-credit = Credit
sla-tier-number = Tier { $number }
sla-tier-1-below = Tier 1, uptime below
sla-tier-1-credit = Tier 1, credit
sla-tier-2-below = Tier 2, uptime below
sla-tier-2-credit = Tier 2, credit
sla-tier-3-below = Tier 3, uptime below
sla-tier-3-credit = Tier 3, credit
sla-tier-4-below = Tier 4, uptime below
sla-tier-4-credit = Tier 4, credit
sla-tier-5-below = Tier 5, uptime below
sla-tier-5-credit = Tier 5, credit
sla-tier = less than { $below } %: { $credit } % of the fee
sla-tier-most = { $credit } % of the fee at most
sla-credit-most = Highest credit
sla-credit-most-hint = Of the month's fee. Empty: all of it.
sla-percentile = 95th percentile to bill
sla-percentile-greater = The greater direction
sla-percentile-greater-hint = That of download or of upload, whichever is more.
sla-percentile-sum = Both together
sla-percentile-sum-hint = That of download and upload added up, five minutes by five minutes.
sla-nothing = nothing promised
sla-version = Version
sla-links = Links
sla-used-by = { $count ->
    [0] No link has this profile.
    [one] One link has this profile.
   *[other] { $count } links have this profile.
}
sla-version-now = Version { $version }, in force
sla-version-before = Version { $version }
sla-versions-before = Earlier versions
sla-made = Made
sla-made-by-system = Mainstay
sla-archive = Archive
sla-archive-question = Archive { $name }?
sla-archive-text = It can't be given to links any more. Its versions stay readable.
sla-is-archived = Archived
sla-is-archived-text = It can't be given to links any more. Since

sla-not-a-percentage = Give a percentage from 0 to 100 with at most six decimal places.
sla-promises-nothing = An uptime of 0 promises nothing.
sla-tier-twice = Another line has this uptime.
sla-tier-too-small = Less uptime can't earn a smaller credit than more uptime does.
sla-not-milliseconds = Give milliseconds from 0.001 to 60000 with at most three decimal places.
sla-not-hours = Write hours as 08:00–18:00, several with commas between.
sla-hours-backwards = These hours end before they begin. Hours over midnight belong to two days.
sla-hours-empty = No day has hours. Choose “Always”, or give at least one day some.
sla-conflict = Somebody has changed this profile meanwhile. Look at the new version, then change it again.

maintenance = Maintenance
windows-lead = Planned work. Downtime inside a window does not count, and customers read its title.
windows-none = No maintenance planned
windows-none-text = Plan a window before work that may interrupt links: then downtime does not count, and customers know.
windows-add = Plan maintenance
windows-edit-title = Edit { $name }
windows-form-lead = Customers of the links it covers see title and times as soon as you save.
windows-not-cancelled = Planned and past
windows-cancelled = Cancelled
windows-none-cancelled = Windows that were cancelled are listed here.
windows-now = Under way
windows-coming = Coming
windows-none-coming = Nothing is planned.
windows-past = Past
windows-none-past = Nothing here
windows-none-past-text = Windows that have ended are listed here.
windows-search = Title
windows-title = Title
windows-title-hint = What is done, for customers to read.
windows-starts = Starts
windows-ends = Ends
windows-times-hint = On the clock of { $zone }, whatever zone you read times in.
windows-lasts = Lasts
windows-covers = Covers
windows-all = All links
windows-covers-routers = Chosen routers
windows-covers-routers-hint = With all links on them, also links that are added later.
windows-covers-links = Chosen links
windows-pick-routers = Routers
windows-pick-links = Links
windows-routers = { $count ->
    [one] { $count } router
   *[other] { $count } routers
}
windows-links = { $count ->
    [one] { $count } link
   *[other] { $count } links
}
windows-planned = Planned
windows-is-coming = Coming
windows-is-now = Under way
windows-is-past = Past
windows-is-cancelled = Cancelled
windows-cancelled-text = This window was cancelled: it takes nothing out of the figures.
windows-end = End now
windows-end-question = End { $name } now?
windows-end-text = From now on downtime counts again. An ended window can't be opened again; plan another if work goes on.
windows-cancel = Cancel window
windows-cancel-question = Cancel { $name }?
windows-cancel-text = It is taken off the customers' pages, and downtime in it counts as ever.

windows-not-a-time = Give a date and a time.
windows-skipped = On this day clocks are put forward over this time, to { $then }. Choose a time before or after.
windows-twice = On this day clocks are put back and show this time twice, first as { $first } and again as { $second }. Choose a time before or after that hour.
windows-past-start = This is in the past, which would change what was measured. An admin or owner may record such a window.
windows-backwards = It must end after it starts.
windows-too-long = { $count ->
    [one] A window lasts { $count } day at most.
   *[other] A window lasts { $count } days at most.
}
windows-nothing-chosen = Tick at least one.
windows-gone = Something you ticked is not there any more. Look at the list again.

done-profile-added = SLA profile added.
done-profile-changed = SLA profile changed.
done-profile-archived = SLA profile archived.
done-window-planned = Maintenance planned.
done-window-changed = Maintenance changed.
done-window-ended = Maintenance ended. Downtime counts again.
done-window-cancelled = Maintenance cancelled.
