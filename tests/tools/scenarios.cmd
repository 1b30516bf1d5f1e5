# Aim: what holds is told in one line, what does not is told whole; a scenario that cannot be run or expects nothing is a failure.
try() { echo "\$ samrad $*"; samrad "$@"; echo "status $?"; }
try test scenarios/good.scenario --coverage
for name in failing faulty silent unknown; do try test scenarios/$name.scenario --lang en; done
try test scenarios/good.scenario scenarios/failing.scenario --format junit --lang en
