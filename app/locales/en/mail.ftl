# Mails: what stands in them, how they are sent, what was sent, and who wants which.

mail-why-breach = You get this mail because you are told when a service level of yours is not met by { $tenant }.
mail-why-report = You get this mail because you are sent the monthly service reports of { $tenant }.
mail-why-maintenance = You get this mail because you are told of planned maintenance by { $tenant }.
mail-why-test = You get this mail because you asked { $tenant }’s portal for it.
mail-stop = Stop these mails
mail-choose = Choose which mails you get

mail-test-subject = Test mail from { $tenant }
mail-test-preview = Mail from your portal arrives.
mail-test-title = Mail works
mail-test-text = This is a test. If you can read it, mails from your portal arrive, and customers who want them will get theirs.
mail-test-button = See what was sent
