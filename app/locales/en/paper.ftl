# What only reports on paper say; the rest is in reports.ftl.

paper-title = SLA report { $month }
paper-footer-revision = Revision { $revision }, made { $made }
paper-footer-made = Made { $made }
paper-footer-digest = SHA-256 of the report { $digest }
paper-footer-pages-digest = SHA-256 of the pages { $digest }
paper-footer-page = Page { $page } of { $pages }
paper-between = { $from } to { $to }
paper-of = { $some } of { $all }

paper-links-met = Links that kept their targets
paper-no-breach = no breach
paper-breaches = { $count ->
    [one] one breach
   *[other] { $count } breaches
}
paper-breached = { $count ->
    [one] One link missed a target
   *[other] { $count } links missed a target
}
paper-worst = Least uptime
paper-credit-proposed = proposed
paper-cover-method = Of { $period }, in the zone { $zone }. Figures are cut off, never rounded up. The pages of each link say how it is counted.

paper-left-out = { $count ->
    [one] One more link has no room in this document. Its report is in the portal.
   *[other] { $count } more links have no room in this document. Their reports are in the portal.
}

paper-target-of = target { $target }
paper-budget = Down for { $used }; the target allows { $allowed }.
paper-credit-text = The agreement gives a credit of { $amount }: { $share } % of { $fee }, the fee for the time in service.
paper-callout-coverage = Less than half of the time that counts is known. No breach is claimed, and none is ruled out.
paper-day-short = Down, within the target
paper-days-text = { $count ->
    [0] A calendar of the month: the link was not down on any day.
    [one] A calendar of the month: the link was down on one day.
   *[other] A calendar of the month: the link was down on { $count } days.
}
paper-legend = { $name }: mean { $mean }, at most { $greatest }

paper-counted = Counted
paper-not-counted = Does not count.
paper-excluded-text = With what was excluded taken out, the uptime is { $with }. Without it, it would have been { $without }: { $verdict }.
paper-maintenance-approved = Maintenance: { $title }. Approved by { $by }, { $at }.
paper-changed-at = Changed
paper-change = What
paper-change-moved = Was { $before }, is { $after }
paper-change-recorded = Recorded after the fact: { $after }
paper-change-withdrawn = Withdrawn; it was { $before }

paper-superseded = This report stays as it was made. A later revision of it is the one that counts.

paper-figures = Figures
paper-volume-down = Volume, download
paper-volume-up = Volume, upload
paper-95-down = 95th percentile, download
paper-95-up = 95th percentile, upload
paper-how-period = The month is { $period } in the zone { $zone }: { $seconds } seconds.
paper-how-window = The link was in service from { $window }; only that time counts.
paper-how-profile = Service level { $profile }, version { $version }.
paper-made-again = This is a further revision, made by { $by }: { $reason }
paper-agreement-before = It is judged by what was agreed for the revision before it.
paper-agreement-today = It is judged by what was agreed on the day it was made.
paper-digests = Calculated from { $samples } samples. SHA-256 of the samples { $measured }; of the agreement and all that was taken out { $agreed }.
