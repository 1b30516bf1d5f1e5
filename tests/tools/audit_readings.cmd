# Aim: every combination of readings that matters, and only those; what each decides. Status as audit by the question's own readings.
cd readings
samrad audit pact.samrad history.ndjson --as-of 2017-07-15 --readings all; echo "status $?"
samrad audit pact.samrad history.ndjson --as-of 2017-07-15 --readings all --lang sv --clause inkop --clause beslutsform; echo "status $?"
samrad audit pact.samrad history.ndjson --as-of 2017-07-15 --readings all --clause stora_inkop --reading stora_inkop=tio --format json; echo "status $?"
samrad audit pact.samrad history.ndjson --as-of 2017-07-15 --readings all --clause beslutsform --format markdown; echo "status $?"
samrad audit pact.samrad history.ndjson --as-of 2017-07-15 --readings all --clause beslutsform --format csv; echo "status $?"
# Nothing to choose from, and what cannot be asked.
samrad audit ../catalogue/pact.samrad --as-of 2016-02-01 --readings all; echo "status $?"
samrad audit pact.samrad --as-of 2016-02-01 --readings all --clause planen; echo "status $?"
samrad audit pact.samrad --as-of 2016-02-01 --readings all --status missed; echo "status $?"
samrad audit pact.samrad --as-of 2016-02-01 --readings all --format junit; echo "status $?"
samrad audit pact.samrad --as-of 2016-02-01 --readings some; echo "status $?"
