"""The words of a repair: where it is, how soon somebody comes, how it ends, what the owner says of it."""

from data.words import N_

SYSTEM = "repairs"
AREAS = {"home": N_("in the home"), "public": N_("public area")}
# What an order is: a small repair, works that are visited after a month, a special or a paid service (REQ-13).
SORTS = {
    "small": N_("small repair"),
    "works": N_("repair works"),
    "special": N_("special service"),
    "paid": N_("paid service"),
}
# By whose work a repair is known: what comes again at one place in one trade is a repeat (OUT-9).
TRADES = {
    "water": N_("water and drains"),
    "power": N_("power and light"),
    "doors": N_("doors and windows"),
    "walls": N_("walls, floors, leaks from above"),
    "air": N_("heating and air"),
    "entry": N_("intercom, gates, network"),
    "lift": N_("lift"),
    "other": N_("other"),
}
# How soon somebody comes (REP-7 to REP-9); what is on the list and wanted now has a time of the site's own.
BRANCHES = {
    "public": N_("public area"),
    "appointment": N_("on the price list, by appointment"),
    "listed": N_("on the price list, now"),
    "unlisted": N_("not on the price list"),
}
SAID_BY = {"worker": N_("the worker says so"), "desk": N_("the desk saw it"), "owner": N_("the owner says so")}
CHARGES = {"free": N_("free of charge"), "paid": N_("by the price list")}
EVALUATIONS = {
    "satisfied": N_("satisfied"),
    "dissatisfied": N_("not satisfied"),
    "none": N_("not evaluated"),
    "unsigned": N_("not signed"),
}
ENDS = {
    "done": N_("done"),
    "declined": N_("price declined"),
    "not_ours": N_("not ours"),
    "withdrawn": N_("withdrawn"),
    "no_access": N_("no access"),
}
# What may end a repair without its being done; a declined price has a procedure of its own (REP-12).
GIVEN_UP = ("withdrawn", "not_ours", "no_access")
CAUSES = {
    "owner_out": N_("nobody in"),
    "owner_decides": N_("the owner decides"),
    "parts": N_("parts"),
    "outside": N_("an outside firm"),
    "developer": N_("the developer"),
    "weather": N_("the weather"),
    "hands": N_("no worker free"),
}
# Where each of the three copies goes (REP-16).
COPIES = {"1": N_("customer service"), "2": N_("engineering manager's file"), "3": N_("finance")}
