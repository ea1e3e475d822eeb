# Mails: what stands in them, how they are sent, what was sent, and who wants which.

mail-why-breach = You get this mail because you are told when a service level of yours is not met by { $tenant }.
mail-why-report = You get this mail because you are sent the monthly service reports of { $tenant }.
mail-why-maintenance = You get this mail because you are told of planned maintenance by { $tenant }.
mail-why-server = You get this mail because you are told of changes to your servers by { $tenant }.
mail-why-test = You get this mail because you asked for it in the portal of { $tenant }.
mail-stop = Stop these mails
mail-choose = Choose which mails you get

mail-test-subject = Test mail from { $tenant }
mail-test-preview = Mail from your portal arrives.
mail-test-title = Mail works
mail-test-text = This is a test. If you can read it, mails from your portal arrive, and customers who want them will get theirs.
mail-test-button = See what was sent

nav-mail = Mail
mail = Mail
mail-lead = What was sent to your customers, and what failed.
mail-none = No mails yet
mail-none-text = Reports, missed service levels and maintenance that customers are told of are listed here.
mail-no-server = No mail server
mail-no-server-text = Nothing can be sent until a mail server is set up. Mails that are due fail, and can be sent again from here.
mail-search = Subject or recipient
mail-subject = Subject
mail-to = To
mail-kind = Kind
mail-kind-breach = Missed service level
mail-kind-report = Report
mail-kind-maintenance = Maintenance
mail-kind-server = Server
mail-kind-test = Test
mail-state = State
mail-state-queued = Waiting
mail-state-retrying = Tried, waiting
mail-state-sent = Sent
mail-state-failed = Failed
mail-written = Written
mail-sent = Sent
mail-attempts = Tries
mail-files = Attached
mail-files-count = { $count ->
    [one] one file
   *[other] { $count } files
}
mail-message-id = Message-ID
mail-text = Text
mail-again = Send again
mail-failed-title = It was not sent
mail-retrying-title = The last try failed. It is tried again for about a day.
done-mail-again = The mail is on its way again.
done-mail-test = The test is on its way. This page says what becomes of it.

mail-settings = Mail settings
mail-settings-lead = From whom your customers’ mails come, and by which server.
mail-server = Send by
mail-server-installation = The installation’s mail server
mail-server-installation-hint = Mails come from { $from }, under your name.
mail-server-none-hint = There is none at present: whoever runs the installation sets it up.
mail-server-own = Your own mail server
mail-server-own-hint = Mails come from an address of yours.
mail-own = Your own mail server
mail-own-text = Used when you send by it.
mail-host = Server
mail-port = Port
mail-port-hint = Empty for the usual one: 587 for STARTTLS, 465 for TLS, 25 without encryption.
mail-security = Encryption
mail-security-hint = The server’s certificate is checked. Without encryption the password and all mails can be read on the way.
mail-security-starttls = STARTTLS
mail-security-tls = TLS from the start
mail-security-none = None
mail-username = User
mail-username-hint = Empty where the server asks for none.
mail-password = Password
mail-password-hint = Stored sealed, and never shown again.
mail-password-kept = One is stored. Type another to replace it.
mail-password-again = Type the password again: it is kept for the server and user that it was typed for.
mail-from = Sender address
mail-from-hint = It should be one that your server may send from, or mails land among spam.
mail-from-name = Sender name
mail-from-name-hint = Empty for your name.
mail-reply-to = Answers go to
mail-reply-to-hint = Empty for the sender address.
mail-not-an-address = Not a mail address, or one with characters that not every server takes.
mail-try = Try it
mail-try-text = Sends you a mail the way your customers get theirs, with the settings as they are saved.
mail-try-button = Send a test to { $to }
done-mail-settings = Mail settings changed.

wishes = Mails
wishes-lead = What is sent to { $mail }.
wish-breach = Missed service levels
wish-breach-hint = When a link of yours was not up, fast or clean enough for what was promised.
wish-report = Monthly reports
wish-report-hint = At the beginning of each month, about the month before.
wish-maintenance = Planned maintenance
wish-maintenance-hint = When maintenance of your links is planned, moved or called off.
wish-server = Your servers
wish-server-hint = When a server becomes yours or is taken back, and when it is locked, suspended, installed anew or cancelled.
wish-pdf = With the report as PDF
done-wishes = Your choice is kept.

unsubscribe = Mails to you
unsubscribe-wanted = These mails are sent to { $mail }.
unsubscribe-stopped = These mails are no longer sent to { $mail }.
unsubscribe-stop = Stop these mails
unsubscribe-resume = Send them again
unsubscribe-others = This concerns mails of this kind alone.

log-kind-mail = mail
log-kind-mail-settings = mail settings
log-did-send-again = sent again
log-did-test = tried out
log-did-mail = chose the mails of
log-field-breach-mail = mails of missed service levels
log-field-breach-pdf = with the report as PDF
log-field-from-address = sender address
log-field-from-name = sender name
log-field-maintenance-mail = mails of maintenance
log-field-report-mail = monthly reports by mail
log-field-report-pdf = reports as PDF
log-field-reply-to = answers go to

mail-report-title = SLA reports { $month }
mail-report-kept = every target was kept
mail-report-missed = { $count ->
    [one] one link missed a target
   *[other] { $count } links missed a target
}
mail-report-unknown = { $count ->
    [one] of one link too little is known
   *[other] of { $count } links too little is known
}
mail-report-not-agreed = { $count ->
    [one] nothing is agreed for one link
   *[other] nothing is agreed for { $count } links
}
mail-report-more = { $count ->
    [one] One more link is in the portal.
   *[other] { $count } more links are in the portal.
}
mail-report-links = Read the reports without signing in, until { $until }:
mail-report-button = All reports of the month
mail-breach-title = { $count ->
    [one] One link missed a target in { $month }
   *[other] { $count } links missed a target in { $month }
}
mail-breach-text = What was agreed was not kept. The reports say when and why, and what was taken out.
mail-breach-value = { $value } ({ $limit })
mail-breach-credit = { $amount }, proposed

mail-maintenance-planned = Planned maintenance
mail-maintenance-changed = Planned maintenance has changed
mail-maintenance-cancelled = Planned maintenance is cancelled
mail-maintenance-subject = { $title }: { $what }, { $at }
mail-maintenance-subject-times = { $title }: { $what }, { $times } times from { $at }
mail-maintenance-news = News
mail-maintenance-is-planned = planned
mail-maintenance-is-changed = changed
mail-maintenance-is-cancelled = cancelled
mail-maintenance-text = Your links may be down at times while the work lasts. That time does not count against the service level.
mail-maintenance-cancelled-text = The work does not take place then. Whatever happens in that time counts as always.
mail-maintenance-some-cancelled-text = What is cancelled does not take place: whatever happens in that time counts as always.
mail-maintenance-what = What is done
mail-maintenance-button = Your links

mail-server-welcome = { $server } is your server now
mail-server-welcome-text = It is ready. Sign in to the portal with your mail address: there you see its state and how to connect, restart it, set a new password, and install another system.
mail-server-taken-back = { $server } is no longer your server
mail-server-taken-back-text = The portal does not show it any more. If you did not expect that, ask us.
mail-server-locked = { $server } is locked
mail-server-locked-text = It goes on as it was, but you can change nothing about it in the portal for now.
mail-server-unlocked = { $server } is unlocked
mail-server-unlocked-text = You can change it in the portal again.
mail-server-suspended = { $server } is suspended
mail-server-suspended-text = It is being switched off, and you can change nothing about it in the portal for now. What is on its disk stays.
mail-server-unsuspended = { $server } is no longer suspended
mail-server-unsuspended-text = It is being started, and you can change it in the portal again.
mail-server-cancelled = { $server } is cancelled
mail-server-cancelled-text = It runs until its last day, and what is on its disk is lost after that: copy what you need before.
mail-server-reinstalled = { $server } was installed anew
mail-server-reinstalled-text = What was on its disk is gone, and the new system runs. If you did not expect that, ask us.
mail-server-name = Server
mail-server-addresses = Addresses
mail-server-reason = Reason
mail-server-last-day = Last day
mail-server-last-day-unknown = as the contract says; the portal shows it soon
mail-server-button = To the server
mail-server-all = Your servers
