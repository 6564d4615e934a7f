"""The words of a quality complaint: whether the developer still answers for it, who signs, how an owner agrees."""

from data.words import N_

SYSTEM = "quality"
WARRANTIES = {"in": N_("in warranty"), "out": N_("out of warranty"), "ask": N_("warranty not known")}
# Everybody who is concerned signs the coordination order once the work is done (QRP-8).
PARTIES = {
    "owner": N_("owner"),
    "supervision": N_("developer's supervision"),
    "contractor": N_("contractor"),
    "engineering": N_("engineering"),
}
AGREED = {"yes": N_("agrees"), "no": N_("does not agree")}
