# One's own page.
profile-zone = Time zone
profile-zone-default = The provider’s time zone
profile-zone-utc = UTC
profile-password = Password
profile-sessions = Signed in
profile-browser = Browser
profile-browser-on = { $browser } on { $system }
profile-address = Address
profile-seen = Last seen
profile-action = Action
profile-this-browser = This browser
profile-end-session = Sign out there
profile-sign-out-everywhere = Sign out everywhere

# The operator's list of tenants.
tenants = Tenants
tenants-none = No tenants yet
tenants-none-text = Make the first one with the command “mainstay tenant create”.
tenants-name = Name
tenants-slug = Short name
tenants-host = Host
tenants-any-host = Any
tenants-zone = Time zone
tenants-since = Since
