# Staff: accounts at Contabo, the list of servers, what is done to several at once, what changed there.

nav-group-hosting = Hosting
nav-contabo = Contabo

# Accounts
contabo-accounts = Contabo accounts
contabo-accounts-lead = Where the servers that your clients use are rented. Each account is read every three minutes.
contabo-account = Account
contabo-none = No Contabo account yet
contabo-none-text = Add the account at which you rent servers. They appear here by themselves, and you give them to your clients.
contabo-add = Add account
contabo-add-lead = The account is signed in to before anything is stored, and read at once after it.
contabo-edit = Edit account
contabo-name = Name
contabo-name-hint = What you call it. Clients don't see it.
contabo-credentials = Credentials
contabo-credentials-change = Change credentials
contabo-credentials-lead = All four are needed again, and tried at once. Nothing is stored unless Contabo takes them. They must belong to the same Contabo customer: servers of another one would take the place of these.
contabo-credentials-where = Where these are
contabo-credentials-where-text = In Contabo's customer panel, open Account and then Security & Access. Client ID, client secret and API user are shown there. The API password is made on the same page, and is not the password that you sign in to the panel with.
contabo-credentials-kept = The secret and the password are sealed before they are stored, and shown to nobody again.
contabo-client-id = Client ID
contabo-client-id-hint = As INT-12345678
contabo-client-secret = Client secret
contabo-user = API user
contabo-user-hint = A mail address
contabo-password = API password
contabo-password-hint = Not the password of Contabo's panel
contabo-try = Try and store
contabo-try-and-add = Try and add
contabo-refused = Contabo refused it: { $says }
contabo-refused-all = Contabo refused these credentials: { $says }
contabo-not-asked = Nothing was stored, since Contabo could not be asked: { $why }
contabo-not-asked-time = it did not answer within 20 seconds
contabo-health = Health
contabo-health-new = Not read yet
contabo-health-read = Read
contabo-health-late = Late
contabo-health-failing = Can't be read
contabo-health-off = Switched off
contabo-reading = Being read since
contabo-sign-in = Sign-in
contabo-sign-in-accepted = accepted
contabo-sign-in-refused = refused
contabo-sign-in-unknown = not known
contabo-last-read = Last read
contabo-last-tried = Last tried
contabo-next = Next reading
contabo-next-soon = now
contabo-failures = Failures in a row
contabo-servers = Servers
contabo-trouble = Contabo can't be read
contabo-trouble-text = What is shown of its servers is as old as the last reading.
contabo-read-now = Read now
contabo-switch-on = Switch on
contabo-switch-off = Switch off
contabo-off-text = This account is switched off: it is not read, and nothing is asked of Contabo.
contabo-states = Its servers by state
contabo-states-none = No servers were found in this account.
contabo-changes = Changed at Contabo
contabo-changes-none = Nothing was seen to change.
contabo-changes-all = All changes
contabo-added = Added
contabo-credentials-since = Credentials since
contabo-archive = Archive account
contabo-archive-question = Archive the account { $name }?
contabo-archive-text = Its credentials are forgotten, it is read no more, and its servers disappear from Mainstay. At Contabo nothing changes: the servers run on and are billed.
contabo-archive-given = { $count ->
    [one] A client has { $count } server of this account
   *[other] Clients have { $count } servers of this account
  }
contabo-archive-given-text = Take them back first: clients would lose sight of servers that run on.

contabo-secret = New client secret
contabo-secret-question = Have Contabo make a new client secret for { $name }?
contabo-secret-text = The present secret stops working at once, in every program that has it. Mainstay seals the new one and shows it to nobody; other programs get it in Contabo's customer panel.
contabo-secret-lost = It is not known which client secret is valid
contabo-secret-asked = A new one was asked for
contabo-secret-lost-text = Contabo has not said yet whether it made one. If it did, Mainstay can't sign in any more. Have Contabo asked once more after two minutes; if that does not help, take the client secret from Contabo's customer panel and change the credentials.
contabo-secret-look = Ask Contabo once more
contabo-secret-soon = A new one was asked for just now. Try again in two minutes.
contabo-secret-not-made = Contabo made no new client secret: the old one is still valid.
contabo-secret-refused = Contabo made no new client secret, and the old one is still valid: { $why }
done-contabo-secret = The new client secret is stored. The old one opens nothing any more.
done-contabo-secret-unclear = Contabo did not say whether it made a new client secret.
done-contabo-added = Account added. It is being read.
done-contabo-saved = Account saved.
done-contabo-credentials = Contabo accepted the new credentials; they are stored.
done-contabo-reading = The account is read now.
done-contabo-on = The account is switched on.
done-contabo-off = The account is switched off.
done-contabo-archived = Account archived.

# The list
fleet-none = No servers yet
fleet-none-text = Servers appear here once a Contabo account is set up and has been read.
fleet-search = Search name, address, product
fleet-server = Server
fleet-address = Address
fleet-product = Product
fleet-place = Place
fleet-region = Region
region-eu = European Union
region-us-central = United States (Central)
region-us-east = United States (East)
region-us-west = United States (West)
region-sin = Singapore
region-uk = United Kingdom
region-aus = Australia
region-jpn = Japan
region-ind = India
fleet-cancels = Cancels on
fleet-locked = locked
fleet-nobody = nobody's
fleet-choose = Choose { $name }
fleet-more = and { $count } more
fleet-changes = Changes
fleet-bulk = With those chosen:
fleet-assign = Give to a client

# Several at once
bulk-lead = Look at what will be done, and leave out what shall stay as it is.
bulk-nothing = No server is chosen
bulk-nothing-text = Tick servers in the list first.
bulk-start-title = Start servers
bulk-start-text = Each is started by Contabo, one action for each. It takes some seconds.
bulk-stop-title = Switch servers off
bulk-stop-text = As if the plug were pulled: what was not written to disk is lost. To have systems end by themselves, shut them down instead.
bulk-shutdown-title = Shut servers down
bulk-shutdown-text = Each system is asked to end by its power button. One that ignores it goes on running.
bulk-restart-title = Restart servers
bulk-restart-text = Each is restarted, and out of reach until it is up again.
bulk-assign-title = Give servers to a client
bulk-assign-text = The client's users see these servers at once and may use them as their role allows. Whoever had one of them before sees it no more.
bulk-assign-to = Client
bulk-assign-nobody = Nobody: take them back
bulk-servers = Servers
bulk-start-do = Start them
bulk-stop-do = Switch them off
bulk-shutdown-do = Shut them down
bulk-restart-do = Restart them
bulk-assign-do = Give them
bulk-already-runs = is running already
bulk-already-stopped = is stopped already
bulk-busy = something is under way on it
bulk-locked = locked for its client: { $because }
bulk-result = Result
bulk-results = What came of it
bulk-ended = { $ended } of { $all } have ended
bulk-given = { $count ->
    [one] { $count } server: given
   *[other] { $count } servers: given
  }
bulk-refused = { $count ->
    [one] { $count } server: not done
   *[other] { $count } servers: not done
  }
bulk-came-given = Given
bulk-came-taken = Taken back
bulk-why-gone = It is not there any more.
bulk-why-already = The same is under way already.
bulk-why-too-many = Too many actions wait for it already.
bulk-why-cancelled = It is cancelled already.
bulk-why-conflict = It changed meanwhile.
bulk-no-client = Choose a client of this list.
bulk-to-list = To the servers

# Changes
changed-title = Changed at Contabo
changed-lead = What was found different between two readings: servers that are new or gone, and what is said of them. States come and go, and are not here.
changed-kind = How
changed-of = Of
changed-of-all = Everything at Contabo
changed-thing = What
changed-appeared = New
changed-changed = Changed
changed-vanished = Gone
changed-when = Found
changed-what = Before and after
changed-none = Nothing was found changed.
changed-none-text = What is ordered, changed or cancelled at Contabo is found by the next reading.
changed-by = by { $who }
changed-nothing = nothing
changed-unassigned = Nobody's yet
changed-unassigned-text = No client has these servers.
changed-unassigned-all = All that nobody has
changed-first-seen = First seen
changed-give = Give
changed-field-name = Contabo's name
changed-field-display-name = Name
changed-field-cancels-on = Cancels on
changed-field-error-message = Error
changed-field-product-id = Product number
changed-field-product-name = Product
changed-field-product-type = Disk type
changed-field-region = Region
changed-field-region-name = Name of region
changed-field-data-center = Data centre
changed-field-image-id = Image
changed-field-os-type = System
changed-field-default-user = Default user
changed-field-cpu-cores = Cores
changed-field-ram = Memory
changed-field-disk = Disk
changed-field-ipv4 = IPv4
changed-field-ipv6 = IPv6
changed-field-additional = Further addresses
changed-field-mac = MAC address
changed-field-ssh-keys = SSH keys
changed-field-add-ons = Add-ons
changed-field-created-at = Created

# The log
log-kind-contabo-account = Contabo account
log-kind-instance = server
log-did-ask = asked for
log-did-assign = given
log-did-lock = locked
log-did-unlock = unlocked
log-did-reveal = password shown
log-did-renew-secret = new client secret asked for
log-did-renew-access = new access keys asked for
log-did-make-code = transfer code asked for
log-did-start-checks = checks asked for
log-did-cancel-checks = end of checks asked for
log-did-cancel-remedy = end of a remedy asked for
log-field-action = action
log-field-api-client-id = client ID
log-field-arguments = with
log-field-credentials-changed-at = credentials changed
log-field-locked-because = locked because

# Dashboard
dashboard-servers = Servers
dashboard-servers-nobody = Nobody's
dashboard-servers-nobody-count = { $count ->
    [one] { $count } server that no client has
   *[other] { $count } servers that no client has
  }
dashboard-servers-failed = Failed in the last day
dashboard-servers-failed-more = and { $count } more
dashboard-servers-unreadable = Accounts that can't be read
dashboard-servers-well = Every account is read, nothing failed in the last day, and each server is a client's.
