# Signing in, passwords, errors.

sign-in = Sign in
sign-in-portal = Customer portal
sign-in-portal-lead = Sign in to see your links.
sign-in-admin = Staff sign-in
sign-in-admin-lead = For people who work here. Customers sign in at the portal.
sign-in-operator = Operator sign-in
sign-in-operator-lead = For whoever runs this installation.
sign-in-wrong = The mail address or the password is not right.
sign-in-too-many = { $count ->
    [one] Too many tries. Please wait { $count } minute.
   *[other] Too many tries. Please wait { $count } minutes.
}
sign-in-expired = Your session has ended. Please sign in again.
field-mail = Mail address
field-password = Password

password-first = Choose your password
password-first-lead = The password you were given was for the first sign-in only.
password-change = Change password
password-change-lead = You stay signed in here; every other session ends.
password-length = { $count ->
    [one] At least { $count } character. A sentence is easier to remember than signs.
   *[other] At least { $count } characters. A sentence is easier to remember than signs.
}
password-not-again = The two do not match.
password-wrong = This is not the password in use.
password-too-many = Too many tries. Wait a few minutes.
password-too-long = { $count ->
    [one] At most { $count } character.
   *[other] At most { $count } characters.
}
password-personal = Take something other than your name or mail address.
password-same = Take another password than the one in use.
password-monotonous = Take more than one character over and over.
password-save = Save password
field-current-password = Current password
field-new-password = New password
field-password-again = New password again

error-not-found = Page not found
error-not-found-text = There is nothing at this address, or it is not yours to see.
error-forbidden = Not allowed
error-forbidden-text = Your role does not include this. An owner of your organisation can change that.
error-conflict = Changed meanwhile
error-conflict-text = Someone else changed this while you were looking at it. Go back, reload, and try again.
error-too-large = Too much at once
error-too-large-text = What you sent is larger than we take, and nothing has been changed. Go back, shorten the texts or choose fewer things at a time, and send it again.
error-too-many = Too many requests
error-too-many-text = Please wait a minute and try again.
error-unavailable = Back in a moment
error-unavailable-text = The portal is busy or restarting. Your links are not affected.
error-internal = Something went wrong
error-internal-text = This was our fault. Nothing you entered has been changed. If it happens again, tell us the number below.
error-home = Go to the start page
error-request = Request
