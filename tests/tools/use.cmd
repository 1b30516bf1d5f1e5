# Aim: files that use each other are one agreement; a missing one and a circle are told with the place.
try() { echo "\$ samrad $*"; samrad "$@"; echo "status $?"; }
try check parts/parts.samrad
try check parts/parts.samrad parts/annex.samrad
try check parts
try check parts-missing.samrad
try check circle/a.samrad
