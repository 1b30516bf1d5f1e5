# shellcheck shell=bash
# The service on the Norrmalm example: started in the background on a data folder made anew, with the agreement's two texts and its
# history. Meant to be sourced after setup.sh. Prints on standard output what to try.
set -euo pipefail

demo_folder="$samrad_root/build/demo"
readonly demo_folder

# rule_files MAIN: the file and those that it uses, as the JSON that the service takes.
rule_files() {
  local folder file
  folder=$(dirname "$1")
  { echo "$(basename "$1")"; sed -n 's/^use "\(.*\)"$/\1/p' "$1"; } |
    while read -r file; do jq -Rs --arg name "$file" '{name: $name, text: .}' "$folder/$file"; done |
    jq -s "{files: .} + ${2:-{\}}"
}

stop_demo() {
  local pid
  pid=$(cat "$demo_folder/pid" 2>/dev/null) || return 0
  if [[ "$(readlink "/proc/$pid/exe" 2>/dev/null)" == "$samrad_root"/build/*/tools/samrad ]]; then
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
}

# ask METHOD PATH [curl options…]: an answer that is no success ends with status 1, and is shown.
ask() {
  local method=$1 path=$2 answer status
  shift 2
  answer=$(curl -sS -o "$demo_folder/answer" -w '%{http_code}' -X "$method" -H "authorization: Bearer $demo_token" "$@" "$demo_address$path")
  status=$answer
  ((status < 300)) || {
    say "samrad: $method $path answered $status: $(cat "$demo_folder/answer")"
    return 1
  }
}

start_demo() {
  local samrad="$samrad_root/build/release/tools/samrad" norrmalm="$samrad_root/examples/norrmalm" port=8420
  stop_demo
  rm -rf "$demo_folder"
  mkdir -p "$demo_folder"
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then port=0; fi
  setsid "$samrad" serve --data "$demo_folder/data" --listen-port "$port" >"$demo_folder/out" 2>"$demo_folder/log" </dev/null &
  echo $! >"$demo_folder/pid"
  for _ in {1..100}; do
    if [[ $(wc -l <"$demo_folder/out") -ge 2 ]]; then break; fi
    kill -0 "$(cat "$demo_folder/pid")" 2>/dev/null || break
    sleep 0.1
  done
  demo_address=$(sed -n 's/^samrad serves //p' "$demo_folder/out")
  demo_token=$(sed -n 's/^token .*: //p' "$demo_folder/out")
  if [[ -z "$demo_address" || -z "$demo_token" ]]; then
    say "samrad: the service did not start: $(cat "$demo_folder/log")"
    return 1
  fi
  rule_files "$norrmalm/norrmalm.samrad" '{id: "norrmalm"}' |
    ask POST /v1/agreements -H 'content-type: application/json' --data-binary @-
  rule_files "$norrmalm/norrmalm-2017.samrad" |
    ask POST /v1/agreements/norrmalm/versions -H 'content-type: application/json' -H 'if-match: "1"' --data-binary @-
  ask POST /v1/agreements/norrmalm/events -H 'content-type: application/x-ndjson' --data-binary "@$norrmalm/history.ndjson"
  cat <<END

The service runs at $demo_address with the Norrmalm agreement and its history. Try, with this token of an administrator:

  export TOKEN=$demo_token
  curl -H "authorization: Bearer \$TOKEN" '$demo_address/v1/agreements/norrmalm/occurrences?asOf=2018-05-31&status=missed&format=text'
  curl -H "authorization: Bearer \$TOKEN" '$demo_address/v1/agreements/norrmalm/brief?meeting=chefsamrad&on=2018-03-01&asOf=2018-02-20' -H 'accept: text/markdown'
  curl -H "authorization: Bearer \$TOKEN" '$demo_address/v1/findings?limit=5'
  curl '$demo_address/openapi.json'
  curl '$demo_address/readyz'

Stop it with: kill $(cat "$demo_folder/pid")
END
}
