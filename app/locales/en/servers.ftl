# Servers that clients rent: what they do, what can be asked of them, how far it is.

nav-servers = Servers

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

stage-waiting = Waits for what was asked before it.
stage-sending = Is being sent to Contabo.
stage-held-up = Held up: Contabo can't be reached now, or wants to be left alone for a while. It goes on by itself.
stage-unclear = Unclear: the answer was lost. We are looking whether Contabo got it, and send nothing twice.
stage-accepted = Contabo has said yes and is at it.
stage-under-way = Under way at Contabo.
