# Staff: what can be ordered at Contabo and what it costs; orders.

nav-products = Products
nav-orders = Orders

# Products
products-lead = What you can order at Contabo, what it costs you, and what your clients pay. Contabo's API has no prices: this list is yours to keep.
products-none = No products yet
products-none-text = Begin with the products that are known, which have no prices, or add those that you order one by one.
products-known = Add the known products
products-add = Add product
products-csv = Price list as CSV
products-search = Search name or number
products-state-on = Can be ordered
products-state-off = Can't be ordered
products-state-all = All
products-to-clients = Prices in the portal
products-shown = Clients read on the pages of their servers what these cost them each month, where a price is known.
products-hidden = Clients don't see prices.
products-show = Show prices to clients
products-hide = Hide prices from clients
product-name = Name
product-id = Contabo's number
product-id-hint = A plan needs it: as Contabo's price list has it, like V153
product-kind = What it is
product-kind-plan = A plan for servers
product-kind-add-on = An add-on of servers
product-add-on-number = Number of the add-on
product-add-on-number-hint = Contabo's number for it on servers, like 1477; a new add-on needs it. Servers that came with it are counted at this product's price.
product-family = Family
product-family-hint = What it is listed under
product-size = Size
product-cores = Cores
product-cores-count = { $count ->
    [one] { $count } core
   *[other] { $count } cores
  }
product-ram = Memory
product-disk = Disk
product-disk-kind = Kind of disk
product-disk-kind-hint = As SSD or NVMe
product-port = Port
product-snapshots = Snapshots
product-cost = Costs you a month
product-price = Client pays a month
product-no-price = not known
product-off = can't be ordered
product-on = can be ordered
product-orders = Orders
product-servers = Servers that run on it
product-facts = Product
product-edit = Edit product
product-switch-off = Take out of the orders
product-switch-on = Let it be ordered
product-new-price = New price
product-prices = Prices
product-prices-none = No price is known. Orders of it say so.
product-everywhere = Everywhere else
product-any-term = Any other term
product-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
  }
product-not-a-number = Give a whole number.
product-taken = Another product has this number.
price-lead = It holds from its day until one with a later day. What was ordered before keeps its price.
price-from = From
price-from-hint = A day that is past puts right what was wrong; orders that were made since stay as they are.
price-region = Region
price-region-hint = A price of a region comes before one for everywhere else.
price-term = Term
price-by = Entered by
price-setup = once
price-past = before
price-now = holds today
price-coming = to come
price-cost = What you pay to Contabo
price-currency = Currency
price-cost-month = Each month
price-cost-setup = Once, at the beginning
price-sales = What your client pays to you
price-sales-in = In { $currency }, the currency of your settings. Leave it empty where it is not for sale.
price-sales-month = Client: each month
price-sales-setup = Client: once, at the beginning
price-add = Add price
price-nothing = Give at least one of the monthly amounts.
price-setup-alone = Give what is paid each month, too.
price-not-a-date = Give a date.

done-products-known = The known products are in the list.
done-products-none-new = The list has all known products already.
done-product-added = Product added.
done-product-saved = Product saved.
done-product-on = It can be ordered.
done-product-off = It can't be ordered any more.
done-product-price = Price added.
done-prices-shown = Clients read prices now.
done-prices-hidden = Clients don't see prices any more.

# The log
log-kind-contabo-product = product
log-kind-contabo-order = order
log-did-add-known = known products added
log-did-price = priced
log-did-draft = filled in
log-did-confirm = ordered
log-field-contabo-id = Contabo's number
log-field-cost-month = cost each month
log-field-cost-setup = cost once
log-field-sales-month = price each month
log-field-sales-setup = price once
log-field-shows-prices = prices shown to clients
log-field-valid-from = from
log-field-orderable = can be ordered

# Orders
orders-lead = What was bought at Contabo here. Each is sent once; what Contabo did not take is not sent again by itself.
orders-none = Nothing was ordered yet
orders-none-text = Order a server or room for objects. Everything is shown with its sum before it is ordered.
orders-search = Search name, product, client
orders-state-open = Under way
order-instance = Order a server
order-storage = Order object storage
order-draft = To be confirmed
order-draft-text = Nothing is ordered yet. Look at everything below, then order it.
order-queued = Waiting
order-queued-text = It is sent as soon as the orders before it in this account have been settled.
order-sending = Being sent
order-sending-text = It is on its way to Contabo.
order-held-up = Held up
order-held-up-text = Contabo can't be reached, or wants to be left alone for a while. Nothing is ordered yet; it is sent when Contabo can be reached, within an hour of its turn.
order-unclear = Being looked for
order-unclear-text = Contabo's answer was lost. It is being found out whether the order was taken: it is not sent a second time.
order-accepted = Taken
order-accepted-text = Contabo has taken the order. What was ordered is not to be seen yet, which is usual for half a minute.
order-under-way = Being made
order-under-way-text = Contabo is making it. That takes 5 to 15 minutes as a rule.
order-awaiting = Contabo waits
order-awaiting-text = Contabo has taken the order, and waits for a payment or a proof of who you are. See to it in Contabo's customer panel; it goes on by itself then.
order-done = There
order-done-text = What was ordered is there.
order-failed = Failed
order-failed-text = Nothing more becomes of this order by itself.
order-withdrawn = Taken back
order-withdrawn-text = Nothing was ordered.
order-says = Contabo says
order-name = Name
order-name-hint = Unique in the account. It is how an order is found again whose answer was lost.
order-what = Ordered
order-at = When
order-by = By
order-confirmed-by = Confirmed by
order-for = For
order-for-hint = It is given to this client as soon as it is there.
order-for-nobody = Nobody yet
order-product = Product
order-choose = Choose a product
order-term-hint = Which terms Contabo takes for a product is not in its API; it says so when it refuses one.
order-add-ons = Bought with it
order-plan = Plan
order-system = System
order-keys-hint = With a key chosen no password is made. Without, one is made and shown once to whoever orders.
order-user-data-hint = Cloud-init, as plain text. It is kept sealed until the order has ended.
order-room = Room
order-size = Size in TB
order-size-hint = In steps of 0.25 TB. Contabo only lets it grow later.
order-grows = It grows by itself
order-grows-hint = By 250 GB each time, which Contabo bills.
order-grows-to = Up to, in TB
order-next = Go on
order-next-text = This orders nothing yet.
order-account-hint = Who is billed for it.
order-no-account = No Contabo account
order-no-account-text = Add the account that is to be billed first.
order-no-products = No product can be ordered
order-no-products-text = Add products to the list first, or let one of them be ordered.
order-quantity = Pieces
order-sum = Sum
order-first-month = First month
order-each-month = Each month
order-setup = Once
order-margin = Left each month
order-no-price = No price is known for: { $what }. Contabo bills it all the same.
order-currencies = The amounts are in different currencies, so there is no sum.
order-confirm = Order with obligation to pay
order-confirm-for = Order with obligation to pay: { $amount } in the first month
order-binding = An order is binding: Contabo bills it from its acceptance, and over the API it can only be cancelled to the end of its term.
order-discard = Discard
order-withdraw = Take back
order-to-server = To the server
order-password = Show its password
order-term = Term
order-ssh-keys = SSH keys
order-password-made = A password that is shown once
order-sign-in = Signing in
order-cloud-init = Cloud-init
order-cloud-init-given = a text was given
order-contabo-id = Contabo's id
order-name-taken = Something in this account is called so, or is being ordered by this name.
order-not-a-size = Give a size in steps of 0.25 TB.
order-ceiling-too-low = It must be more than the size that is ordered.
order-refused-price = The price list has changed since this was shown. Look at the sum again, and order it if you still want it.
order-refused-account = The Contabo account is switched off.
order-refused-product = This product can't be ordered any more.
order-refused-state = It was changed meanwhile.
order-refused-password = There is no password to show: it was shown already, or is too old.

done-order-confirmed = Ordered. What becomes of it is shown here.
done-order-withdrawn = Taken back. Nothing was ordered.

# Quotas
quotas = Quotas
quotas-lead = How much each client may have, and you over all. They hold for what is ordered, given and taken from now on; what there is stays.
quota-whose = For
quota-own = Over all
quota-own-text = For all accounts together, whoever has it: against one order too many.
quota-client-text = What this client may have. What is being ordered for it counts.
quota-servers = Servers
quota-storage = Object storage, TB
quota-snapshots = Snapshots of a server
quota-none = no limit
quota-of = { $used } of { $most }
quota-change = Change
quota-change-of = Quotas of { $name }
quota-empty = What is left empty has no limit.
quota-full-servers = { $count ->
    [one] The quota is { $count } server.
   *[other] The quota is { $count } servers.
  }
quota-full-storage = The quota is { $most } TB of object storage.
quota-full-client = { $count ->
    [one] This client may have { $count } server.
   *[other] This client may have { $count } servers.
  }
bulk-why-quota = The client's quota of servers is full.
done-quota = Quotas saved.
log-did-quota = quotas set
log-field-most-servers = most servers
log-field-most-snapshots = most snapshots of a server
log-field-most-storage = most storage, in 250 GB
