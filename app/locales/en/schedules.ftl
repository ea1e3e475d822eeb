# What clients may do at all, and what is done to servers at fixed times

features = What clients may do
features-lead = With their servers and storages, as far as each one's role goes. A client may have its own word on its page.
features-of = What { $name } may do
features-of-lead = With its servers and storages, as far as each one's role goes. Staff are not held by it.
features-on = On
features-off = Off
features-inherit-on = As for all clients: on
features-inherit-off = As for all clients: off
feature-power = Power
feature-power-hint = Start, restart, shut down and switch off.
feature-access = Rescue system and passwords
feature-access-hint = Whoever has a new password is in the system.
feature-reinstall = Reinstall
feature-reinstall-hint = Wipes the disk. Owners of the client alone.
feature-snapshots = Snapshots
feature-snapshots-hint = Take and rename; roll back and delete by owners of the client.
feature-names = Names
feature-names-hint = The name that is shown, and reverse names of addresses.
feature-cancel = Cancel
feature-cancel-hint = Ends the contract at Contabo, which can't be taken back over its API. Owners of the client alone.
feature-schedules = Schedules
feature-schedules-hint = What is done at fixed times, as far as it is on here too. Those that are off do not run.
feature-storage-keys = Access keys of object storage
feature-storage-keys-hint = Where its account allows them to clients as well. Owners of the client alone.
done-features = Saved. It holds from now on; what was asked for before goes on.
server-refused-off = Your provider has switched this off for you. Please ask your provider.
log-did-features = switches set

# Schedules of a server
schedules = Schedules
schedules-none = Nothing is done by itself at fixed times.
schedule-new = New schedule
schedule-edit = Schedule
schedule-lead = Done by itself at fixed times of the wall clock, and followed like anything else that is asked for.
schedule-what = What
schedule-when = When
schedule-next = Next
schedule-last = Last time
schedule-snapshots = Take a snapshot
schedule-start = Start
schedule-restart = Restart
schedule-shutdown = Shut down
schedule-stop = Switch off
schedule-keeps = { $count ->
    [one] keeps the newest
   *[other] keeps the newest { $count }
  }
schedule-times = { $time } { $days } ({ $zone })
schedule-every-day = every day
schedule-rests = Rests
schedule-keep = Snapshots to keep
schedule-keep-hint = Only those that this schedule took, and only once the new one is there. What you rename is kept.
schedule-time = Time
schedule-days = Days
schedule-days-hint = None: every day.
schedule-zone = Time zone
schedule-zone-hint = Where the clock is put forward over the time, it is done right after; where it shows the time twice, at the first.
schedule-late = What could not be begun within an hour of its time is skipped, and not made up for.
schedule-rest = Let it rest
schedule-go-on = Go on
schedule-end-of = Rest or end
schedule-delete = Delete the schedule
schedule-delete-text = Snapshots that it took stay.
schedule-runs = Times so far
schedule-runs-none = It was not due yet.
schedule-missed = Missed
schedule-needless = Nothing to do
schedule-locked = Locked
schedule-busy = Server was not ready
schedule-full = No room for a snapshot
schedule-off = Switched off
schedule-gone = Server is gone
schedule-refused = Refused
schedule-not-a-time = Type a time as 03:30.
schedule-not-a-number = Type a whole number from 1 to 50.
schedule-too-many-kept = { $count ->
    [one] There may be { $count } snapshot of this server, and one more than are kept is there while the next is taken.
   *[other] There may be { $count } snapshots of this server, and one more than are kept is there while the next is taken.
  }
schedule-too-many = { $count ->
    [one] There can be { $count } schedule of a server.
   *[other] There can be { $count } schedules of a server.
  }
done-schedule-made = The schedule is set.
done-schedule-saved = The schedule was changed.
done-schedule-rests = The schedule rests.
done-schedule-goes-on = The schedule goes on.
done-schedule-deleted = The schedule was deleted.
log-did-schedule = schedule set
log-did-reschedule = schedule changed
log-did-unschedule = schedule deleted
