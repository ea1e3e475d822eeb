# What staff have to see to.

nav-tasks = Tasks
log-kind-service = service
log-kind-task = task
log-did-suspend = suspended
log-did-unsuspend = let go on
log-did-terminate = terminated
log-did-again = ordered again for
log-did-raise = made a task of
log-did-settle = dealt with
tasks-lead = What went wrong that nobody asked for by hand. What comes right by itself is settled by itself.
tasks-none = Nothing has gone wrong
tasks-none-text = Orders that fail stand here, what was asked of a server by a billing system and failed, and what schedules could not do.
tasks-none-open = Nothing to see to
tasks-none-open-text = Everything that went wrong was dealt with.
tasks-search = Search name, reason
tasks-open = Open
tasks-settled = Dealt with
tasks-all = All
tasks-kind = Kind
tasks-kind-order = Orders
tasks-kind-action = Actions
tasks-kind-service = Services
tasks-kind-schedule = Schedules
task-what = What went wrong
task-where = Where
task-reason = Why
task-when = When
task-order = An order failed
task-order-of-service = The order of service { $service } failed
task-action = { $act } failed
task-service = { $act } failed for a service
task-schedule = { $act } was not done by schedule
task-times = { $count ->
    [one] once
   *[other] { $count } times
}
task-settle = Dealt with
task-settled-by = Dealt with by { $who }
task-settled-itself = Came right by itself
done-task-settled = Noted as dealt with.
dashboard-tasks-all = { $count ->
    [one] One task
   *[other] All { $count } tasks
}
