# What is rented at Contabo in figures

nav-costs = Costs and use
costs = Costs
costs-lead = What things at Contabo cost each month, what clients pay and what is left: calculated from the price list and from what was ordered, without what is paid once. Contabo sends no invoices here.
costs-month = Month
costs-csv = All as CSV
costs-total = Altogether
costs-client = Client
costs-servers = Servers
costs-storages = Storages
costs-cost = Costs
costs-sales = Clients pay
costs-left = Left
costs-nobody = nobody's
costs-not-known = not known
costs-none = Nothing was there in this month
costs-none-text = Once an account at Contabo is read, its servers and storages are here.
costs-unknown = { $count ->
    [one] { $count } thing without a price
   *[other] { $count } things without a price
  }
costs-lacking = Products without a price
costs-lacking-text = Some things have no price that the list says, and are in no sum. Add-ons that are no product yet are named by Contabo's number: add a product for each, at 0 where it costs nothing.
costs-product = Product
costs-things = Things

usage = Use
usage-lead = What there is at Contabo and how full it is, as it was last read. How busy a server is inside is not known: Contabo measures nothing of it.
usage-csv = As CSV
usage-room = Room
usage-room-text = Snapshots are counted where the product's entry says how many there may be. The room for own images is under Images and keys.
usage-storage = Object storage
usage-snapshots = Snapshots
usage-servers = Servers
usage-grows-to = Object storage with all growth
usage-most-storage = Quota of object storage
usage-images = Own images
usage-images-count = { $count ->
    [one] { $count } image
   *[other] { $count } images
  }
usage-state = State
usage-states = Servers by state
usage-region = Region
usage-regions = Servers by region
usage-product = Product
usage-products = Servers by product
usage-running = Running
usage-nobodys = Nobody's

advice = Advice
advice-lead = What could be looked at: what is paid for and not used, what is full, what ends. Nothing is done by itself.
advice-what = What
advice-reason = Why
advice-all = All reasons
advice-do = What to do
advice-since = since
advice-there-since = there since
advice-none = Nothing stands out
advice-none-text = Nothing is unused, full or about to end, as far as it is known.
advice-nobodys = Nobody has it
advice-nobodys-text = Give it to a client, or cancel it.
advice-off = Switched off
advice-off-text = Contabo bills it all the same. Ask its client, or cancel it.
advice-ends = Ends soon
advice-ends-text = Make sure that its client knows, and has the data elsewhere.
advice-full = Nearly full
advice-full-text = Let it grow, or have something deleted.
advice-empty = Nearly empty
advice-empty-text = Ask whether it is needed. Storages never shrink.
advice-old-snapshot = Old snapshot
advice-old-snapshot-text = Delete it if it is of no more use: there are few of a server.
advice-growth-failed = Growth failed
advice-growth-failed-text = See what Contabo says, and raise its size or its ceiling.
