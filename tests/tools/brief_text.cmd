samrad brief diary.samrad history.ndjson --meeting chefsamrad --on 2017-09-20 --lang en; echo "status $?"
samrad brief diary.samrad history.ndjson --meeting chefsamrad --on 2017-09-20 --lang sv; echo "status $?"
