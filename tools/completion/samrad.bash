# Bash completion for samrad: commands, options, the words that an option takes, files, forums, clauses and occurrences.
# Installed to share/bash-completion/completions/samrad, and printed by `samrad completion bash`.

# The names that the rule files on the line declare with the keyword.
_samrad_declared() {
  local word files=()
  for word in "${COMP_WORDS[@]:2}"; do
    if [[ $word == *.samrad && -r $word ]]; then
      files+=("$word")
    elif [[ -d $word ]]; then
      for word in "$word"/*.samrad; do [[ -r $word ]] && files+=("$word"); done
    fi
  done
  ((${#files[@]})) || return 0
  awk -v keyword="$1" '$1 == keyword { print $2 }' "${files[@]}" 2>/dev/null
}

_samrad_files() {
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -X "!*.@($1)" -- "$cur"; compgen -d -- "$cur"))
}

_samrad() {
  local cur prev command
  COMPREPLY=()
  cur=${COMP_WORDS[COMP_CWORD]}
  prev=${COMP_WORDS[COMP_CWORD - 1]}
  command=${COMP_WORDS[1]-}
  local commands="check fmt audit brief upcoming plan explain diff readings coverage test pack serve backup restore fsck token completion version"
  shopt -q extglob || { shopt -s extglob; trap 'shopt -u extglob; trap - RETURN' RETURN; }

  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "$commands --help --version" -- "$cur"))
    return
  fi

  local question="--as-of --known-at --reading --lang --format --help"
  local options formats
  case $command in
    check) options="--format --help" formats="text json sarif" ;;
    fmt) options="--check --help" ;;
    audit) options="$question --clause --status --readings --instances --violations --threads --quiet" formats="text json ndjson markdown csv junit" ;;
    brief) options="$question --meeting --on" formats="text markdown html json" ;;
    plan) options="--from --to --timeout --reading --lang --format --help" formats="text json ics events" ;;
    upcoming) options="$question --within --owner" formats="text json ics" ;;
    explain) options="$question" formats="text json markdown" ;;
    diff) options="$question --to-as-of --to-known-at" formats="text json" ;;
    readings) options="$question --clause" formats="text json" ;;
    coverage) options="--catalogue --lang --format --help" formats="text json csv markdown" ;;
    test) options="--format --coverage --lang --help" formats="text junit" ;;
    pack) options="--output --unpack --help" ;;
    serve) options="--data --config --print-config --help" ;;
    backup | fsck | token) options="--data --help" ;;
    restore) options="--data --overwrite --help" ;;
    completion) COMPREPLY=($(compgen -W "bash --help" -- "$cur")); return ;;
    version) options="--help" ;;
    *) return ;;
  esac

  case $prev in
    --format) COMPREPLY=($(compgen -W "$formats" -- "$cur")); return ;;
    --readings) COMPREPLY=($(compgen -W "all" -- "$cur")); return ;;
    --catalogue) _samrad_files csv; return ;;
    --instances) _samrad_files "csv|json|ndjson"; return ;;
    --violations) _samrad_files csv; return ;;
    --data) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --config) _samrad_files toml; return ;;
    --lang) COMPREPLY=($(compgen -W "sv en" -- "$cur")); return ;;
    --status)
      COMPREPLY=($(compgen -W "upcoming open met met-late missed broken waived lapsed cannot-assess" -- "$cur"))
      return ;;
    --meeting) COMPREPLY=($(compgen -W "$(_samrad_declared forum)" -- "$cur")); return ;;
    --owner) COMPREPLY=($(compgen -W "$(_samrad_declared role) $(_samrad_declared party) $(_samrad_declared forum)" -- "$cur")); return ;;
    --clause) COMPREPLY=($(compgen -W "$(_samrad_declared clause) $(_samrad_declared procedure) $(_samrad_declared measure)" -- "$cur")); return ;;
    --reading) COMPREPLY=($(compgen -S = -W "$(_samrad_declared clause)" -- "$cur")); compopt -o nospace 2>/dev/null; return ;;
    --as-of | --known-at | --to-as-of | --to-known-at | --on | --within) return ;;
  esac

  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi
  case $command in
    check | fmt | coverage) _samrad_files samrad ;;
    test) _samrad_files scenario ;;
    version | serve | fsck | token) ;;
    backup | restore) _samrad_files db ;;
    pack) _samrad_files 'ndjson|json|log' ;;
    *) _samrad_files 'samrad|ndjson|json|log' ;;
  esac
}

complete -F _samrad samrad
