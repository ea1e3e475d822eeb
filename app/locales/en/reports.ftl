# SLA reports: a month of a link, for clients, staff and whoever a report is shared with.

nav-reports = Reports
reports-lead = What each month came to, written down once and kept.
reports-month-pdf = All reports of the month as PDF
reports-none = No reports yet
reports-none-text = The report of a month is made in its first night after, for each link that was in service.
reports-none-match = No report matches
reports-none-match-text = Choose another month, or clear the filters.

report-met = Met
report-breached = Breached
report-insufficient = Too little known
report-no-data = No data
report-not-agreed = Nothing agreed
report-met-means = Every target of the service level was kept.
report-breached-means = At least one target of the service level was not kept.
report-insufficient-means = Less than half of the time that counts is known. No breach is claimed, and none is ruled out.
report-no-data-means = Nothing was measured in the time that counts.
report-not-agreed-means = No service level was agreed for this link. The figures are for your information.
report-sentence = { $month }: { $verdict }
report-title = { $link } · { $month }
report-superseded = Another revision counts
report-superseded-current = Read the one that counts.
report-superseded-ask = This one was replaced. Ask whoever gave it to you for the one that counts.
report-in-service = The link was in service from { $from } to { $to }. Only that time counts.

report-uptime = Uptime
report-promised-note = agreed: at least { $promised }
report-down = Downtime
report-outage-count = { $count ->
    [0] no outages
    [one] one outage
   *[other] { $count } outages
}
report-excluded = Does not count
report-excluded-note = maintenance, exclusions, switched off
report-coverage = Measured
report-coverage-note = of the time that counts
report-promises = Targets and results
report-metric = Figure
report-promised = Target
report-measured = Result
report-verdict = Verdict
report-jitter = Jitter
report-at-least = at least { $value }
report-at-most = at most { $value }
report-kept = Kept
report-not-kept = Not kept
report-not-measured = Not measured
report-no-target = No target
report-budget = Downtime that the target allows
report-budget-of = { $used } of { $allowed }
report-budget-over = { $over } more than the target allows.
report-budget-left = { $left } were left.

report-days = Day by day
report-days-table = The days as a table
report-day = Day
report-day-state = In a word
report-day-up = Up
report-day-down = Down at times
report-day-unknown = Not measured
report-day-partly = Measured in part
report-day-excluded = Does not count
report-day-none = Not in service
report-day-uptime = uptime { $uptime } %
report-day-down-for = down { $span }
report-day-unknown-for = not measured { $span }
report-day-excluded-for = not counted { $span }

report-outages = Outages
report-outages-none = There was no outage in this month.
report-outage-about = Cause and comment
report-excluded-client = Excluded: caused by the client
report-excluded-force = Excluded: force majeure
report-excluded-other = Excluded
report-excluded-by = Decided by { $by }, { $at }
report-provider-word = the provider

report-taken-out = What became of the time
report-taken-out-none = Nothing was taken out.
report-accountable = Time that counts
report-up = Up
report-unknown = Not measured
report-unscheduled = Outside service hours
report-without = Had nothing been excluded
report-from = From
report-to = To
report-span = Length
report-why = Why it does not count
report-maintenance = Maintenance
report-maintenance-title = Maintenance: { $title }
report-switched-off = Switched off
report-approved = Approved by { $by } { $at }
report-changes = Changed after it had begun
report-change-moved = was { $before }, is { $after }.
report-change-recorded = was recorded after the fact: { $after }.
report-change-withdrawn = was withdrawn; it was { $before }.
report-change-by = { $by }, { $at }

report-credit = Credit
report-credit-fee = Fee for the time in service
report-credit-amount = Credit
report-credit-share = { $share } % of the fee
report-credit-nothing = No credit is due for this month.
report-credit-open = This is what the agreement gives. Your provider has not decided yet.
report-credit-approved = Approved: { $amount }
report-credit-declined = Declined

report-graphs = Traffic, latency and loss
report-volume = Volume down / up
report-95 = 95th percentile down / up
report-billed = Billed rate
report-samples-proof = The volume and the 95th percentile are calculated from the samples of the month.
report-samples-file = Samples as CSV
report-months = Against the months before
report-months-from = Bars begin at { $floor } %.
report-month = Month
report-this = this one
report-file = File
report-pdf-of = PDF of { $link }, { $month }
report-revision-note = revision { $revision }

report-about = This report
report-link = Link
report-client = Client
report-provider = Provider
report-period = Month
report-profile = Service level
report-version = version { $version }
report-committed = Committed down / up
report-revision = Revision
report-made = Made
report-made-by-run = monthly run
report-reason = Reason
report-agreement = Judged by
report-agreement-before = what was agreed for the revision before it
report-agreement-today = what was agreed on the day it was made
report-revisions = Revisions
report-counts = counts

report-method = How it is counted
report-method-zone = The month and its days are those of { $zone }. All times on this page are on its clock.
report-method-always = Every hour of the month counts.
report-method-hours = Only service hours count: { $hours }.
report-method-share = Uptime is the seconds up of those that are known. Time that was not measured counts on neither side.
report-method-seconds = Outages count by the second where the interface told when it went down and came back, and else by five minutes.
report-method-slots = The link is measured every five minutes, and each five minutes count as they were found.
report-method-unreachable-down = While the router did not answer, the link counts as down.
report-method-unreachable-unknown = While the router did not answer, nothing is known of the link.
report-method-disabled-down = While the interface was switched off, the link counts as down.
report-method-disabled-excluded = While the provider had switched the interface off, nothing counts.
report-method-quality = Latency, jitter and loss are means over the time in which the link was up.
report-method-percentile-sum = The billed rate is the 95th percentile of both directions together.
report-method-percentile-greater = The billed rate is the greater of the two directions’ 95th percentiles.
report-method-cut = Figures are exact and only cut off for reading, never rounded up. A target that is met exactly is kept.

report-proof = Proof
report-proof-text = Each digest is SHA-256. The first is over this report as the JSON file has it, the others over what it was calculated from: whoever has the same bytes comes to the same digest.
report-digest = Report
report-digest-measured = Samples
report-digest-agreed = Agreement
report-samples = { $count ->
    [one] one sample
   *[other] { $count } samples
}
report-pdf = PDF
report-csv = CSV
report-json = JSON
report-link-page = The link now

month-forecast-left = Kept if it is down for no more than { $left } until { $until }.
month-forecast-lost = It can’t be kept any more this month.

report-check = Check the samples
report-check-same = The samples under this report are unchanged.
report-check-gone = The samples of this month are no longer kept: they were deleted as old. The report stays as it is, and can’t be made again.
report-check-changed = The samples under this report have changed since. Make the report again to have a revision of them as they are.
report-again = Make it again
report-again-text = Another revision is made from what is stored today, and counts from then on. This one stays and can be read.
report-again-differs = What is agreed today is not what this report was judged by.
report-again-what = Agreed on
report-again-then = Agreed then
report-again-today = Today
report-again-agreement = Judge it
report-again-by-then = as agreed then
report-again-by-then-hint = By what revision { $revision } says: what was agreed later changes nothing of this month.
report-again-by-today = as agreed today
report-again-by-today-hint = To correct what was wrong then, such as a fee that was mistyped. All that is in the table counts as it is today.
report-again-reason = Reason
report-again-reason-hint = Your client reads it in the new revision.
done-report-made = Another revision was made. It counts from now on.
reports-breaches = Breaches and credits
reports-troubles = Not made
reports-troubles-lead = Links whose report of a month could not be made, and why.
troubles-none = Every report was made
troubles-none-text = If a report can’t be made, its link and the reason are listed here.
troubles-reason = Why not
troubles-at = Last tried
troubles-again = Try again
done-trouble-solved = The report was made.
done-trouble-stays = It still can’t be made. The reason may be another.
breaches-lead = Months in which a target was not kept, and the credits that the agreements give for them.
breaches-none = No breaches
breaches-none-text = No target was missed in the months that have reports.
breaches-proposed = Proposed
breaches-decision = Decision
breaches-open = Open
breaches-approved = Approved
breaches-declined = Declined
breaches-nothing = No credit
breaches-decide = Decide
credit-earlier-approved = { $amount } was approved on revision { $revision }.
credit-earlier-declined = Declined on revision { $revision }.
credit-earlier = Decided before
credit-decide = Decide on the credit
credit-decide-text = What you decide is kept with your name, and your client reads it with the note on the report. It is decided once; another revision of the report proposes anew.
credit-amount = Amount
credit-amount-hint = What is given, at most the fee of the month. The agreement gives { $amount }.
credit-note = Note
credit-note-hint = Your client reads it.
credit-approve = Approve
credit-decline = Decline
credit-note-needed = Say why it is declined.
credit-too-much = This is more than the fee of the month.
done-credit-decided = Decided.
log-kind-report = report
log-field-amount = amount
log-field-decision = decision
log-field-note = note
log-field-month = month
log-field-reason = reason
log-field-revision = revision
log-field-verdict = verdict
log-did-make = made again
log-did-decide-credit = credit decided

shares = Shared
shares-lead = Whoever has such a link reads this report and its PDF without signing in, and nothing else, until the link ends.
share-for = Whom for
share-for-hint = So that you know which one to take back.
share-days = Lasts
share-days-unit = days
share-days-wrong = A whole number of days from 1 to 90.
share-password = Password
share-password-hint = Whoever has the link is asked for it too. Tell it on another way than the link.
share-password-short = At least 12 characters. Leave it empty for none.
share-too-many = There are 20 open links to this report, which is the most. Take one back first.
share-make = Make a link
share-url = Link
share-open = Open
share-revoked = Taken back
share-expired = Expired
share-until = until { $at }
share-with-password = with a password
share-uses = { $count ->
    [0] Not used yet
    [one] Used once
   *[other] Used { $count } times
}
share-use-page = page
share-use-pdf = PDF
share-revoke = Take back
shares-mailed = { $count ->
    [one] One link went out with a mail
   *[other] { $count } links went out with mails
}
shares-mailed-revoke = Take back all links of mails
shared-lead = A report of { $provider } for { $client }. The link ends { $until }.
shared-locked = A shared report
shared-locked-text = Whoever gave you the link has set a password for it.
shared-open = Open the report
shared-wrong = That is not the password.
shared-over = This link has ended
shared-over-text = It has expired or was taken back. Ask whoever gave it to you for another.
done-share-made = The link was made. It is in the list.
done-share-revoked = The link was taken back.
done-shares-mailed-revoked = The links of mails were taken back.
log-did-share = shared
log-did-unshare = share taken back
log-did-unshare-mailed = shares of mails taken back
log-field-links = links
log-field-made-for = for
log-field-expires-at = expires
log-field-with-a-lock = with a password
