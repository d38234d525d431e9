"""How the PCN is led: where the time goes, what hangs on one person, talks, offers, claims and collaboratives."""
