# The frame around every page, and words that many pages share.

skip-to-content = Skip to content
breadcrumbs = You are here
close = Close
cancel = Cancel
copy = Copy
copied = Copied
no-value = no value
yes = yes
no = no

nav-label = Main navigation
nav-open = Open navigation
nav-dashboard = Dashboard
nav-links = Links
nav-routers = Routers
nav-maintenance = Maintenance
nav-sla-profiles = SLA profiles
nav-clients = Clients
nav-staff = Staff
nav-audit = Audit
nav-settings = Settings
nav-tenants = Tenants
nav-group-network = Network
nav-group-customers = Customers
nav-group-provider = Provider

visitor-menu = Your account
profile = Profile
sign-out = Sign out
theme-label = Colour theme
theme-auto = Auto
theme-light = Light
theme-dark = Dark
footer-zone = Times in

live-on = Live
live-off = Reconnecting

shortcuts-title = Keyboard shortcuts
shortcut-search = Search
shortcut-help = Show this list

state-up = Up
state-degraded = Degraded
state-down = Down
state-unknown = Unknown
state-disabled = Disabled
state-maintenance = Maintenance

field-optional = optional
form-errors = { $count ->
    [one] Please correct one field.
   *[other] Please correct { $count } fields.
}
form-error = { $field }: { $error }

filter-apply = Apply
filter-clear = Clear
pagination = Pages
pagination-of = of { $count }
pagination-previous = Previous
pagination-next = Next

# What a visitor is, as the menu says it.
role-viewer = Viewer
role-operator = Operator
role-admin = Admin
role-owner = Owner
role-runs-installation = Operator of this installation
