# Graphs.

graph-outage = Outage
graph-maintenance = Maintenance
graph-disabled = Switched off
graph-missing = No samples
graph-empty = Nothing was measured in this time.
graph-table = As a table
graph-series = Series
graph-time = Time
graph-min = Min
graph-avg = Avg
graph-max = Max
graph-percentile = 95th percentile
graph-last = Last
graph-change-points = { $points } points
