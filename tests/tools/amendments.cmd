# Aim: two versions of one agreement in either order are one agreement; two agreements of one name are not.
try() { echo "\$ samrad $*"; samrad "$@"; echo "status $?"; }
try check versions/first.samrad versions/second.samrad
try check versions/second.samrad versions/first.samrad
samrad audit versions/first.samrad versions/second.samrad --as-of 2018-12-31 --format csv > one
samrad audit versions/second.samrad versions/first.samrad --as-of 2018-12-31 --format csv > other; cmp one other && cut -d, -f 1,7,9 one
try audit versions/first.samrad lint.samrad --as-of 2018-12-31
