# SLA profiles and maintenance.

sla-profiles = SLA profiles
sla-lead = What you promise of links. A link has one profile; a change is a new version, and the old ones stay readable.
sla-none = No SLA profiles yet
sla-none-text = Write down what you promise: uptime, perhaps latency and loss, and when it counts. Then give it to links.
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
sla-not-milliseconds = Give milliseconds from 0.001 to 60000 with at most three decimal places.
sla-not-hours = Write hours as 08:00–18:00, several with commas between.
sla-hours-backwards = These hours end before they begin. Hours over midnight belong to two days.
sla-hours-empty = No day has hours. Choose “Always”, or give at least one day some.
sla-conflict = Somebody has changed this profile meanwhile. Look at the new version, then change it again.

maintenance = Maintenance
maintenance-lead = Planned work. Downtime inside a window does not count, and customers read its title.
maintenance-none = No maintenance planned
maintenance-none-text = Plan a window before work that may interrupt links: then downtime does not count, and customers know.
maintenance-add = Plan maintenance
maintenance-edit-title = Edit { $name }
maintenance-form-lead = Customers of the links it covers see title and times as soon as you save.
maintenance-now = Under way
maintenance-coming = Coming
maintenance-none-coming = Nothing is planned.
maintenance-past = Past
maintenance-none-past = Nothing here
maintenance-none-past-text = Windows that have ended are listed here.
maintenance-search = Title
maintenance-title = Title
maintenance-title-hint = What is done, for customers to read.
maintenance-starts = Starts
maintenance-ends = Ends
maintenance-times-hint = On the clock of { $zone }, whatever zone you read times in.
maintenance-lasts = Lasts
maintenance-covers = Covers
maintenance-all = All links
maintenance-covers-routers = Chosen routers
maintenance-covers-routers-hint = With all links on them, also links that are added later.
maintenance-covers-links = Chosen links
maintenance-pick-routers = Routers
maintenance-pick-links = Links
maintenance-routers = { $count ->
    [one] { $count } router
   *[other] { $count } routers
}
maintenance-links = { $count ->
    [one] { $count } link
   *[other] { $count } links
}
maintenance-planned = Planned
maintenance-is-coming = Coming
maintenance-is-now = Under way
maintenance-is-past = Past
maintenance-is-cancelled = Cancelled
maintenance-cancelled-text = This window was cancelled before it began: it never counted.
maintenance-end = End now
maintenance-end-question = End { $name } now?
maintenance-end-text = From now on downtime counts again. An ended window can't be opened again; plan another if work goes on.
maintenance-cancel = Cancel window
maintenance-cancel-question = Cancel { $name }?
maintenance-cancel-text = It is taken off the customers' pages, and downtime in it counts as ever.

maintenance-not-a-time = Give a date and a time.
maintenance-skipped = On this day clocks are put forward over this time, to { $then }. Choose a time before or after.
maintenance-twice = On this day clocks are put back and show this time twice, first as { $first } and again as { $second }. Choose a time before or after that hour.
maintenance-past-start = This is in the past: a window that began already would change what was measured.
maintenance-backwards = It must end after it starts.
maintenance-too-long = { $count ->
    [one] A window lasts { $count } day at most.
   *[other] A window lasts { $count } days at most.
}
maintenance-nothing-chosen = Tick at least one.
maintenance-gone = Something you ticked is not there any more. Look at the list again.

done-profile-added = SLA profile added.
done-profile-changed = SLA profile changed.
done-profile-archived = SLA profile archived.
done-window-planned = Maintenance planned.
done-window-changed = Maintenance changed.
done-window-ended = Maintenance ended. Downtime counts again.
done-window-cancelled = Maintenance cancelled.
