# Servers that clients rent: the list, the page of one, and what is asked of it.

nav-servers = Servers
servers-none = No servers yet
servers-none-text = Servers that your provider rents to you appear here, with their state and what you can do with them.
servers-name = Server
servers-client = Client
servers-state = State
servers-place = Place
servers-addresses = Addresses
servers-specification = Specification
servers-system = System
servers-cancelled-on = Cancelled on
servers-cores = { $count ->
    [one] 1 core
   *[other] { $count } cores
  }
servers-ram = { $size } RAM
servers-disk = { $size } disk

# What it does, in a word
server-running = Running
server-stopped = Stopped
server-provisioning = Being set up
server-installing = Installing
server-rescue = Rescue system
server-resetting-password = Setting a password
server-awaiting = Waits for Contabo
server-unavailable = Not available
server-failed = Error
server-no-word = Unknown

# What can be asked
server-start = Start
server-stop = Switch off
server-shutdown = Shut down
server-restart = Restart
server-rescue-system = Rescue system
server-reset-password = New password
server-reinstall = Reinstall
server-rename = Rename
server-cancel = Cancel the contract
server-take-snapshot = Take a snapshot
server-rename-snapshot = Rename the snapshot
server-roll-back = Roll back
server-delete-snapshot = Delete the snapshot
server-join-network = Put into a private network
server-leave-network = Take out of the network
server-join-firewall = Put behind a firewall
server-leave-firewall = Take from behind the firewall
server-assign-address = Note a further address
server-unassign-address = Take the address off it
server-set-reverse-name = Set a reverse name
server-remove-reverse-name = Remove a reverse name

# What is under way
server-starting = starting…
server-stopping = switching off…
server-shutting-down = shutting down…
server-restarting = restarting…
server-rescuing = booting the rescue system…
server-password-setting = setting a new password…
server-reinstalling = reinstalling…
server-renaming = renaming…
server-cancelling = cancelling the contract…
server-snapshot-taking = taking a snapshot…
server-snapshot-renaming = renaming a snapshot…
server-rolling-back = rolling back…
server-snapshot-deleting = deleting a snapshot…
server-network-joining = joining a private network…
server-network-leaving = leaving a private network…
server-firewall-joining = going behind a firewall…
server-firewall-leaving = leaving a firewall…
server-address-noting = changing whose an address is…
server-reverse-naming = changing a reverse name…

stage-waiting = Waits for what was asked before it.
stage-sending = Is being sent to Contabo.
stage-held-up = Held up: Contabo can't be reached now, or wants to be left alone for a while. It goes on by itself.
stage-unclear = Unclear: the answer was lost. We are looking whether Contabo got it, and send nothing twice.
stage-accepted = Contabo has said yes and is at it.
stage-under-way = Under way at Contabo.

# The page of one
server-under-way = Under way
server-under-way-by = asked by { $who }
server-withdraw = Take back
server-actions = What you can do
server-facts = About this server
server-own-name = Contabo's name
server-own-id = Contabo's number
server-account = Contabo account
server-address-v4 = IPv4
server-address-v6 = IPv6
server-gateway = Gateway
server-mac = MAC address
server-product = Product
server-cores = Cores
server-ram = Memory
server-disk = Disk
server-region = Region
server-data-centre = Data centre
server-system = System
server-image = Image
server-image-gone = no longer at Contabo
server-default-user = User at first sign-in
server-created = Created
server-not-said = not said
server-locked = Locked by your provider
server-locked-staff = Locked for its client
server-cancelled = Cancelled: it ends on { $date }
server-cancelled-text = It runs until then. What is on it is lost afterwards.
server-trouble = Contabo reports an error
server-trouble-none = Without saying which.

tie-what = Networks and names
tie-which = Of what
tie-network = Private network
tie-firewall = Firewall
tie-address = Further address
tie-ok = Ready
tie-restart = Needs a restart
tie-reinstall = Needs a reinstallation
tie-under-way = Under way
tie-leaving = Being taken out
tie-failed = Failed
reverse-name = Reverse name
reverse-names = Reverse names
reverse-name-none = none
reverse-name-hint = A whole domain name, such as mail.example.net. It should lead back to this address.

deed-create = Create
deed-change = Change
deed-delete = Delete
deed-set-rules = New rules
deed-add-record = New record
deed-change-record = Change a record
deed-delete-record = Delete a record
deed-set-value = New value
deed-put-on = Tag something
deed-take-off = Take a tag off

server-history = History
server-history-none = Nothing was asked of it yet.
server-history-what = What
server-history-who = Who
server-history-when = When
server-history-end = How it ended
server-done = Done
server-action-failed = Failed
server-withdrawn = Taken back
server-in-progress = Not ended
server-show-password = Show the password once

server-snapshots = Snapshots
server-snapshots-none = There is no snapshot.
server-snapshots-unread = Snapshots have not been read yet.
server-snapshots-read = Read
server-snapshot-name = Name
server-snapshot-taken = Taken
server-snapshot-until = Kept until
server-snapshot-system = System
server-snapshot-actions = Actions
server-snapshot-rename-short = Rename
server-snapshot-delete-short = Delete

server-connect = Connect
server-connect-ssh = Over SSH
server-connect-ssh-text = In a terminal:
server-connect-user = Contabo does not say who signs in at first. Put the user in the place of USER: root or admin, as a rule.
server-connect-windows = This is a Windows system: connect with Remote Desktop to the address above, as { $user }.
server-connect-none = It has no address yet.
server-rescue-help = When it can't be reached
server-rescue-help-1 = Boot the rescue system. It gets a new password, which is shown once in the history on this page.
server-rescue-help-2 = Sign in over SSH as root with that password. Your SSH program warns that the host key has changed: the rescue system has its own.
server-rescue-help-3 = Find the disk and look at it: the installed system is not running, and nothing on the disk has changed.
server-rescue-help-4 = Restart the server from this page. It boots the installed system again.
server-network-help = Network set-up by hand
server-network-text = The installed system has this already. You need it after you changed it, or for a system of your own. Keep the name servers that you have: Contabo does not say which to use. Where the interface has another name than eth0, write that. With more than one private network, look up in the system which interface belongs to which.
server-netplan = netplan, as on Ubuntu
server-ifupdown = ifupdown, as on Debian

# Asking
server-ask-title = { $act }: { $server }
server-start-question = Start { $name }?
server-start-text = The server is switched on.
server-stop-question = Switch { $name } off?
server-stop-text = As if the plug were pulled: what the system has not written yet is lost. Shutting down is gentler.
server-shutdown-question = Shut { $name } down?
server-shutdown-text = The power button is pressed. The system shuts down by itself, if it listens to the button. The server then stays off.
server-restart-question = Restart { $name }?
server-restart-text = Whoever works with it is cut off until it is up again.
server-rescue-question = Boot the rescue system of { $name }?
server-rescue-text = The installed system stops. The rescue system gets a new password, which is shown once. The next restart boots the installed system again.
server-reset-password-question = Set a new password on { $name }?
server-reset-password-text = The password that signs in now stops working. The new one is shown once.
server-reinstall-text = Everything on the disk is deleted, and the image is installed. A new password is shown once. This can't be undone.
server-rename-text = The name under which the server is listed. What is on it does not change.
server-cancel-text = The contract ends at its next possible date, which Contabo says afterwards. It can't be taken back from here. The server runs until then, and is deleted with everything on it.
server-take-snapshot-text = The disk as it is now. How many a server can have depends on its product.
server-rename-snapshot-text = What it holds does not change.
server-roll-back-text = The disk becomes what it was when the snapshot was taken. Everything written since then is lost, and snapshots that are newer are deleted. This can't be undone.
server-delete-snapshot-text = It can't be rolled back to any more. This can't be undone.
server-of-snapshot = Snapshot “{ $name }”

server-display-name = Name
server-display-name-hint = Empty: Contabo's own name is shown.
server-snapshot-name-hint = Letters, digits, spaces and hyphens, up to 30.
server-snapshot-description = Description
server-no-images = The images have not been read from Contabo yet, so there is none to choose from. Try again later.
server-image-choose = Choose an image…
server-user-data = Cloud-init
server-user-data-hint = Run at the first start, as plain text. The history does not show it.
server-ssh-keys = SSH keys
server-default-user-hint = Who signs in to the new system.
server-type-name = Name of the server
server-type-name-hint = Type “{ $name }” to say that you mean this one.
server-your-password = Your own password
server-your-password-hint = The one with which you sign in here.

server-refused-locked = Your provider has locked this server: { $because }
server-refused-already = The same was asked already and has not ended.
server-refused-too-many = Too many actions wait for this server already. Wait until some have ended.
server-refused-cancelled = The contract was cancelled already.
server-refused-password = Only whoever asked for it sees the new password: once, when it is done, and for a day.
server-refused-begun = It has begun, so it can't be taken back any more.
wrong-name = This is not its name.
server-not-a-snapshot-name = 1 to 30 letters, digits, spaces and hyphens.
server-snapshot-name-taken = Another snapshot has this name.
server-not-a-display-name = At most 255 characters on one line.
server-not-a-text = At most 65,536 characters of plain text.
server-other-region = This network is in another region than the server.
server-so-already = This is no longer so. Look at the server's page again.
server-not-its-address = This is no address of the server.
not-a-domain = A whole domain name: letters, digits and hyphens, with dots between.
server-of-which = Which
server-nothing-to-choose = There is nothing that could be chosen for this now.
server-join-network-text = Servers in the same private network reach each other without the internet. This needs Contabo's paid add-on for private networking on the server. Contabo then says whether the server has to be restarted or installed anew before it is in; on some hosts a reinstallation gives it another public address.
server-leave-network-text = The server no longer reaches the others of the network, and they no longer reach it.
server-join-firewall-text = From then on only what the firewall's rules let in reaches the server. What goes out, and the private network, is not filtered.
server-leave-firewall-text = From then on everything reaches the server that no other firewall of it keeps out.
server-unassign-address-text = Contabo no longer notes the address for this server. Take it out of the server's own network set-up as well.
server-set-reverse-name-text = The name that others see when they look up the address, as mail servers do. The change may take some hours to be seen everywhere.
server-remove-reverse-name-text = The address then has no name. For IPv4 there is always one.
address-text = Contabo only notes for which server an address is. That the server answers on it has to be set up in the server itself.
server-no-such-image = Choose one of the images.

server-new-password = The new password
server-new-password-text = It is shown this once and is not kept. Write it down now, and change it on the server.
server-new-password-user = User
server-new-password-value = Password
server-new-password-back = Back to the server

done-server-asked = It was asked for. This page shows how far it is.
done-server-withdrawn = It was taken back.
done-server-given = The server was given to its client.
done-server-taken = The server was taken back. It is nobody's now.
done-server-locked = The server is locked for its client.
done-server-unlocked = The server's client can go on.

# For staff
server-staff = Provider
server-nobody = nobody's
server-give = Give to a client
server-give-text = The client's users see it at once, and act on it as their roles allow. What was asked before they do not see.
server-give-nobody = Nobody: take it back
server-lock = Lock
server-lock-text = Its client sees it and its reason, and can't ask for anything. Staff still can.
server-lock-because = Reason, for the client to read
server-unlock = Unlock
server-changes = Changes seen at Contabo
server-changes-none = No change was seen since it was first read.
server-price = Price each month
server-cost = Costs each month
server-sales = Client pays each month
server-margin = Left each month
server-order = Order
server-order-show = Show what was ordered
server-snapshots-full = { $count ->
    [one] There may be { $count } snapshot of a server. Delete it first.
   *[other] There may be { $count } snapshots of a server. Delete one first.
  }
