# Completion of nerveload for bash. Verbs and options are what the program itself says, so that they are never old.
_nerveload() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]} program=${COMP_WORDS[0]}
  local verbs='s/^  nerveload \([a-z]*\) .*/\1/p' options='s/^  \(-[a-z] \[ \)\{0,1\}\(--[a-z-]*\).*/\2/p'
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$("$program" --help 2>/dev/null | sed -n "$verbs" | sort -u) --help --version" -- "$word")
    return
  fi
  case $before in
    --fidelity) mapfile -t COMPREPLY < <(compgen -W "coarse standard fine" -- "$word"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W "inp vtu" -- "$word"); return ;;
    --set)
      mapfile -t COMPREPLY < <(compgen -S = -W "$("$program" list parameters 2>/dev/null | sed -n 's/^ *\([a-z_]*\(\.[A-Za-z_]*\)\{1,2\}\) .*/\1/p')" -- "$word")
      compopt -o nospace
      return
      ;;
    -o | --output | --claims | --cases) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$program" "$verb" --help 2>/dev/null | sed -n "$options" | sort -u)" -- "$word")
    return
  fi
  local names=
  case $verb in
    run | check | mesh | envelope | advise | export) names=$("$program" list scenarios 2>/dev/null | sed -n '1d;s/^ *\([a-z][a-z0-9_]*\) .*/\1/p') ;;
    list) names="scenarios materials thresholds parameters" ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word"; compgen -f -X '!*.toml' -- "$word"; compgen -d -- "$word")
  compopt -o filenames
}
complete -F _nerveload nerveload
