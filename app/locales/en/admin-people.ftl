# Clients, their users, staff.

save = Save
edit = Edit
notes = Notes
notes-hint = For staff only; customers never see them.
list-any = Any
list-no-match = Nothing matches
list-no-match-text = Change the search or clear the filters.

clients = Clients
clients-lead = Your customers, how their links stand, and who may sign in for them.
clients-none = No clients yet
clients-none-text = Add your first customer; then give it links and users.
clients-add = Add client
clients-edit-title = Edit { $name }
clients-name = Name
clients-name-hint = As the customer reads it on every page.
clients-reference = Customer number
clients-reference-hint = As in your books.
clients-links = Links
clients-no-links = none
clients-links-idle = idle
clients-users = Users
clients-since = Customer here since
clients-archived = archived
clients-search = Name or customer number
clients-shown = Show
clients-shown-active = Active
clients-shown-archived = Archived
clients-shown-all = All
clients-archive = Archive
clients-archive-question = Archive { $name }?
clients-archive-text = { $links ->
    [0] It has no links.
    [one] Its link is archived too: it is no longer polled and counts for no SLA from now on. What was measured stays.
   *[other] Its { $links } links are archived too: they are no longer polled and count for no SLA from now on. What was measured stays.
} { $users ->
    [0] It has no users.
    [one] Its user loses their way to it, and can't sign in any more unless they belong to another client.
   *[other] Its { $users } users lose their way to it; those who belong to no other client can't sign in any more.
}
clients-restore = Bring back
clients-restore-question = Bring { $name } back?
clients-restore-text = Its users can sign in again with the passwords they had. Its links stay archived: restore those that are leased again.
clients-is-archived = Archived
clients-is-archived-text = It is no longer a customer; its users can't see it and its links are not polled. Since
clients-no-users = No users yet
clients-no-users-text = Nobody at this customer can sign in. Add a user to change that.
clients-no-links-yet = No links yet
clients-no-links-text = Links are made from the interfaces of a router: open the router, check it, and pick an interface.
clients-link = Link
clients-link-kind = Type
clients-link-state = State
clients-link-since = Since

people-client-users = Client users
people-client-users-lead = Everybody at your customers who can sign in to the portal.
people-no-client-users = No client users yet
people-no-client-users-text = Add somebody at a customer, so that they can see their links.
people-staff = Staff
people-staff-lead = Everybody here who can sign in to this area.
people-users = Users
people-add-user = Add user
people-add-staff = Add staff user
people-add-user-lead = They get a first password, shown to you once, and must change it when they sign in.
people-mail-hint = Somebody who has an account here already keeps their name and password.
people-name = Name
people-client = Client
people-clients = Clients
people-clients-hint = The role below applies at each; it can be changed one by one afterwards.
people-choose-client = Choose a client
people-needs-client = Add a client first
people-needs-client-text = A client user belongs to at least one client, and there is none yet.
people-role = Role
people-access = Access
people-active = Active
people-waiting = First password
people-disabled = Disabled
people-last-sign-in = Last sign-in
people-never = never
people-since = Added
people-open-sessions = Signed-in browsers
people-search = Name or mail address
people-client-viewer-may = Sees links, graphs and outages, and downloads them.
people-client-operator-may = Also acts on what the client rents.
people-client-owner-may = Also decides who else at the client may sign in.
people-staff-viewer-may = Sees the network and the customers; changes nothing.
people-staff-operator-may = Also runs the network day to day: checks routers, changes links, plans maintenance.
people-staff-admin-may = Also configures everything: routers, clients, SLA profiles, users, settings.
people-staff-owner-may = Also decides who is an owner.
people-also-staff = Also on the staff
people-also-staff-text = The same mail address and password open both areas. Role there:
people-add-place = Add to another client
people-remove = Remove
people-save-role = Save role
people-is-you = This is you. Change your password and time zone in your profile.
people-reset-password = Reset password
people-reset-question = Give { $name } a new password?
people-reset-text = It is shown to you once. The old one stops working, every browser is signed out, and the new one must be changed at the next sign-in.
people-disable = Disable
people-disable-question = Disable { $name }?
people-disable-text = They are signed out everywhere at once and can't sign in until you enable them again. Roles and history stay.
people-enable = Enable
people-enable-question = Enable { $name }?
people-enable-text = They can sign in again with the password they had, and with the roles they have.
people-end-sessions = Sign out everywhere
people-end-question = Sign { $name } out everywhere?
people-end-text = { $count ->
    [0] No browser is signed in now.
    [one] One browser is signed out at once. They can sign in again.
   *[other] { $count } browsers are signed out at once. They can sign in again.
}
people-remove-staff = Remove from staff
people-remove-question = Remove { $name } from the staff?
people-remove-text = They are signed out of this area at once. If they are a client user too, that stays.
people-password-for = Password for { $name }
people-password-once = Shown only now
people-password-once-text = Hand it over by a way you trust: it is kept nowhere and can't be shown again. They must change it at their first sign-in.
people-first-password = First password
people-sign-in-at = Sign-in page
people-password-done = Done

done-person-known = Added. They had an account here already and keep their password.
people-mail-bad = Give a mail address such as name@example.net.
people-mail-taken-staff = This person is on the staff already.
people-mail-taken-client = This person is a user of this client already.
people-choose-one-client = Choose at least one client.
people-client-gone = This client is not there any more. Choose another.
people-choose-role = Choose a role.
people-role-not-yours = Only owners make owners.
people-last-owner = Somebody must stay owner: make another one first.
people-last-place = This is their only client. Add them to another one first, or disable them.

text-missing = Please fill this in.
text-too-long = { $count ->
    [one] At most { $count } character.
   *[other] At most { $count } characters.
}
text-unprintable = Some of its characters can't be shown; type it anew.
name-taken = Another one has this name already, perhaps an archived one.
not-a-choice = Choose one of these.
date-out-of-range = A date between 1970 and 9999.

done-client-added = Client added.
done-client-changed = Client changed.
done-client-archived = Client archived with its links.
done-client-restored = Client brought back. Its links are still archived.
done-place-added = Added to the client.
done-role-changed = Role changed.
done-place-removed = Removed from the client.
done-disabled = Disabled and signed out.
done-enabled = Enabled.
done-sessions-ended = Signed out everywhere.
done-staff-removed = Removed from the staff.
