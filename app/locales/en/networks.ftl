# What is at Contabo beside servers: private networks, further addresses, firewalls, names.

nav-networks = Networks
networks-kinds = Kinds of things
networks = Private networks
networks-lead = Servers of one region that reach each other without the internet.
networks-none = No private networks
networks-none-text = Contabo's private networks appear here once one was made, here or in Contabo's own panel.
network-name = Name
network-name-hint = Letters, digits, colons, hyphens and underscores.
network-description = Description
network-range = Range
network-range-text = Contabo chooses the range of a network. The calculator says with what it overlaps.
network-mask = Netmask
network-members = Servers in it
network-members-none = No server is in it.
network-free = Free addresses
network-unready = { $count ->
    [one] 1 not in it yet
   *[other] { $count } not in it yet
  }
network-facts = About it
network-new = Make a network
network-new-lead = Contabo makes it with a range of its own choice. Servers are put in afterwards.
network-region-hint = Regions in which the tenant has servers. Only servers of the same region can be in it.
network-edit = Rename the network
network-put-in = Put a server in
network-put-in-none = No further server of this region is there to be put in.
network-put-in-text = This needs Contabo's paid add-on for private networking on the server. Contabo then says whether the server has to be restarted or installed anew first.
network-take-out = Take out
network-delete-text = The servers that are in it are taken out, and no longer reach each other by it. The range is Contabo's again.

addresses = Further addresses
addresses-lead = IPv4 addresses bought beside those that servers have. They are bought in Contabo's own panel.
addresses-none = No further addresses
addresses-none-text = Addresses that are bought beside a server's own appear here.
address-kind = Kind
address-additional = Additional
address-floating = Floating
address-nobody = for no server
address-note = Note it for a server
address-take = Take it off the server
address-guest = In the server
address-guest-text = What to add to the network set-up of the server that shall answer on the address. Where the interface has another name than eth0, write that.

firewalls = Firewalls
firewalls-lead = What may come in from the internet. What goes out, and private networks, are not filtered.
firewalls-none = No firewalls
firewalls-none-text = Firewalls appear here once one was made, here or in Contabo's own panel.
firewall-name = Name
firewall-rules = Rules
firewall-rules-none = No rule: of the servers behind it, nothing can be reached.
firewall-rules-lead = What no rule lets in is kept out. The rules here take the place of all that are there now.
firewall-rules-hint = Ports: up to 15, such as 80, 443, 8000-8080; none for all of them. From: networks such as 198.51.100.0/24, single addresses, AnyIPv4, AnyIPv6, or any for both. An empty row is no rule.
firewall-rules-wrong = Some rules can't be taken. What is wrong stands below each.
firewall-rules-unfit = This firewall has more rules than the form here holds, or rules that keep something out. Saving the form would lose them. Change its rules in Contabo's own panel.
firewall-rule-name = Name
firewall-field-of = { $field }, rule { $row }
firewall-ready = Ready-made rules
firewall-ready-text = Adds rows to the rules as they are now at Contabo. Save first what you have changed.
firewall-ready-contabos = Contabo: { $name }
firewall-begin-with = Rules to begin with
firewall-begin-with-hint = They let in from anywhere, or from where Contabo's own say. Change them and write more once it is made.
firewall-edit-rules = Change the rules
firewall-protocol = Protocol
firewall-any-protocol = any
firewall-ports = Ports
firewall-all-ports = all
firewall-sources = From
firewall-any-v4 = any IPv4
firewall-any-v6 = any IPv6
firewall-active = In force
firewall-inactive = Not in force
firewall-in-force = In force
firewall-in-force-hint = A firewall that is not in force keeps nothing out.
firewall-drops = keeps out
firewall-servers = Servers behind it
firewall-servers-none = No server is behind it.
firewall-new = Make a firewall
firewall-new-lead = What no rule lets in is kept out: write its rules before you put a server behind it.
firewall-edit = Change the firewall
firewall-delete-text = Its rules are lost. Contabo refuses this while a server is behind it.

dns = DNS
dns-lead = Zones on Contabo's name servers, and the names that addresses have.
zones = Zones
zones-none = No zones
zones-none-text = Zones on Contabo's name servers appear here.
zone-name = Domain
zone-name-hint = Such as example.net. It can't be changed afterwards.
zone-new = Make a zone
zone-new-lead = The domain answers from here once its registrar points it to ns1.contabo.net, ns2.contabo.net and ns3.contabo.net.
zone-records = Records
zone-delete-text = All its records are deleted. If the domain still points to Contabo's name servers, it no longer answers: mails and web pages of it fail.
reverse-names-none = No reverse names are known
reverse-names-none-text = Contabo has one for each IPv4 address.
reverse-names-search = Search address, name or server
records-none = No records
records-none-text = The zone answers nothing yet.
record-name = Name
record-name-hint = Within the zone: www. Nothing or @ is the zone itself, * is everything else.
record-type = Type
record-data = Value
record-data-hint = An address for A and AAAA, a name for CNAME, MX and SRV, a text for TXT and CAA.
record-ttl = Time to live
record-ttl-hint = At least 14400 seconds, which is Contabo's rule. Nothing means 86400, a day.
record-further = For some types
record-further-text = MX has a priority. SRV has a priority, a weight and a port. CAA has a flag and a tag.
record-priority = Priority
record-weight = Weight
record-port = Port
record-flag = Flag
record-tag = Tag
record-tag-none = none
record-delete-text = The name no longer answers with this. It may take as long as its time to live until that is seen everywhere.

topology = Topology
topology-lead = Your servers that are in private networks or have further addresses.
topology-lead-staff = Which servers are in which private network, and which have further addresses.
topology-none = Nothing to draw
topology-none-text = There is no private network and no further address.
topology-picture = Picture
topology-picture-text = Private networks at the left, servers in the middle, further addresses at the right, with lines between what is tied. The table below says the same.
topology-too-many = { $count ->
    [one] 1 server is too many for a picture. The table has it.
   *[other] { $count } servers are too many for a picture. The table has them all.
  }
topology-table = What is tied to what
topology-tie = How it stands

calculator = Calculator
calculator-lead = What is in a block of addresses, its parts, and with what known here it overlaps.
calculate = Calculate
block-field = Block
block-hint = Such as 10.0.0.0/22, 10.0.0.0 255.255.252.0, or one address.
block-parts-field = Split into parts of
block-parts-hint = The length of the parts' prefix, such as 24. Nothing: not split.
block-usable = Usable
block-count = Usable addresses
block-countless = more than can be counted
block-broadcast = Broadcast
block-overlaps-none = It overlaps with no private network, server or router that is known here.
block-overlaps = { $count ->
    [one] It overlaps with one thing: do not use it for something else
   *[other] It overlaps with { $count } things: do not use it for something else
  }
block-free = The next block of this size that overlaps with nothing known here: { $block }
block-parts = Parts
block-part = Part
block-parts-more = There are { $all } in all. The first are shown.
block-taken = Taken, at least in part
block-is-free = Free
overlaps-network = Private network
overlaps-server = Server
overlaps-router = Router

thing-delete-question = Delete { $name }?
thing-refused-already = The same was asked for already, and Contabo is not done with it.
thing-refused-too-many = Too much waits for this account already. Wait until some of it has ended.
thing-refused-off = The Contabo account is switched off.

problem-network-name = Letters, digits, colons, hyphens and underscores only.
problem-name-taken-here = Another one in this account has this name.
problem-rule-port = A port is 1 to 65535, and a range two of them with a hyphen between, the lower one first.
problem-rule-ports = At most 15 ports and ranges.
problem-rule-no-ports = ICMP has no ports.
problem-rule-source = A network, an address, AnyIPv4, AnyIPv6 or any.
problem-rule-no-source = Say from where. Any lets in everybody.
problem-record-data = This is not what such a record says.
problem-record-ttl = 14400 to 2147483647 seconds.
problem-record-number = A whole number within what such a record allows.
problem-block = This is no block of addresses.
problem-block-parts = The parts must be smaller than the block.

done-thing-asked = It was asked for. This page shows how far it is.
