# Templates for cloud-init, and the values that they ask for.

nav-templates = Templates
templates = Cloud-init templates
templates-lead = What a new system is told at its first start: users, packages, files, commands. Each change is a new version, and servers go on to say which one they were made with.
template-none = No templates yet
template-none-text = Write one of your own, or copy one that comes with Mainstay.
template-search = Search templates
template-name = Name
template-description = Description
template-version = Version
template-for-clients = Clients may use it
template-add = Add a template
template-copy = Copy
template-shipped = Come with Mainstay
template-shipped-text = Good beginnings. A copy is your own: change it as you like.
template-edit-title = Change { $name }
template-edit-note = Another text or other variables become version { $next }. What was made with an earlier version stays as it is, and says so.
template-clients = Clients may use it for their servers
template-clients-hint = Clients who may reinstall a server can choose it then. They see its name, its description and its variables, and not its text.
template-text = Text
template-text-label = cloud-config
template-text-hint = YAML that begins with #cloud-config. {"{{name}}"} is a place for the variable of that name, {"{{name|shell}}"} one for it as a single word of a shell's command.
template-text-of = Text of version { $version }
template-variables = Variables
template-variables-hint = What is asked for when the template is used. Rows without anything are left out; more come once these are filled.
template-variable-number = Variable { $number }
template-variable-name = Name in the text
template-variable-label = What the form calls it
template-variable-kind = What it is
template-variable-default = Proposed
template-variable-choices = Choices
template-variable-choices-hint = Of a choice: with commas between.
template-variable-required = Needed
template-no-variables = It has no variables.
template-preview = Preview
template-preview-lead = What comes out with these values. Nothing is kept, and passwords are shown as stars.
template-fill = Fill in
template-filled = Filled in
template-nothing-found = It is YAML, and all its keys are ones that cloud-init knows.
template-archive = Archive
template-archive-question = Archive { $name }?
template-archive-text = It can't be chosen any more. Its versions stay readable, and servers that were made with it go on to say so.
template-is-archived = Archived
template-is-archived-text = It can't be chosen any more, since
template-from = Copied from
template-from-version = { $name }, version { $version }, of Mainstay
template-newer = Mainstay has version { $version } of what this was copied from. To have it, copy it again.
template-old-version = You are looking at version { $version }. Current is version { $current }.
template-versions = Versions
template-made = Made
template-made-by = By
template-difference = What differs from the version before
template-line-gone = Gone:
template-line-new = New:
template-line = Line { $line }:{" "}
template-errors = { $count ->
    [one] One thing is wrong with the text
   *[other] { $count } things are wrong with the text
  }
template-warnings = { $count ->
    [one] One thing looks wrong
   *[other] { $count } things look wrong
  }
template-wrong-text = Some of the text can't be kept like this. What it is stands above.
template-conflict = Somebody made another version since you began. Look at it, and change that one.
template-left-values = Some of the values can't be put in where the template wants them.
template-too-long = With these values the text is longer than may be sent.

# What is found in a text
template-found-empty = Nothing is there.
template-found-too-long = It has more than { $most } characters.
template-found-unprintable = It has signs that no such file has.
template-found-no-header = The first line must be #cloud-config.
template-found-not-yaml = This is not YAML (column { $column }): { $why }.
template-found-second-document = A second document begins here, which cloud-init does not read.
template-found-twice = The key { $key } is there twice, and the second would win.
template-found-too-deep = More lists and mappings lie in each other than can be meant.
template-found-tag = The tag { $tag } is none that cloud-init takes.
template-found-not-keys = Below the first line there must be keys with values.
template-found-wrong-shape = { $key } must be { $wanted }.
template-found-wrong-item = Each of { $key } must be { $wanted }.
template-found-lacks = One of { $key } has no { $field }.
template-found-undeclared = There is no variable { $name }.
template-found-unknown-into = Nobody knows what to make of a value with | { $into }. There is | shell.
template-found-unused = The variable { $name } has no place in the text.
template-found-unsafe = A place for a value is where none can be put in safely. Put it between quotes, or on a line of its own.
template-found-unknown-key = cloud-init has no key { $key }.
template-found-unknown-key-near = cloud-init has no key { $key }. Is { $nearest } meant?
template-found-not-a-shell-word = { $name } goes into a command as it is, so that whoever fills it in can run others. Write {"{{name|shell}}"}, or give the command as a list of words.
shape-text = a text
shape-number = a number
shape-yes-no = true or false
shape-list = a list
shape-map = keys with values
shape-nothing = nothing
shape-or = { $one } or { $other }

# What is typed for variables
value-text = Text
value-number = Number
value-yes-no = Yes or no
value-choice = Choice
value-host-name = Host name
value-ssh-keys = SSH keys
value-password = Password
value-time-zone = Time zone
value-choose = Choose
value-host-name-hint = As web-1 or web-1.example.org.
value-ssh-keys-hint = Public keys, one a line.
value-password-hint = Leave it empty to have one made up, which is shown once. It is kept nowhere else in Mainstay, but stands in what the server was told, which its root can read.
value-time-zone-hint = As Europe/Berlin.
value-not-a-name = Use small letters, digits and underscores, with a letter first.
value-not-a-number = Give a whole number.
value-not-a-host-name = Use letters, digits and hyphens, with dots between the parts.
value-not-a-key = Line { $line } is no public key as OpenSSH writes it.
value-not-a-zone = There is no time zone of that name.
value-too-few-choices = Give at least two choices.
value-too-short = Give at least eight characters.
value-of = { $label }: { $wrong }

# In the form that reinstalls a server
server-template = Template
server-template-none = None: type the text yourself
server-template-choose = Take this template
server-template-hint = Choose before you fill in the rest: the page is asked for anew with what the template needs.
server-template-is = { $name }, version { $version }
server-template-changed = There is a newer version of this template. Look at its values, and ask again.
server-with-template = { $image } with { $template }, version { $version }

done-template-added = Template added.
done-template-changed = Template changed.
done-template-archived = Template archived.
