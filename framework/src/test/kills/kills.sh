#!/usr/bin/env bash
# Kills runs with SIGKILL at random moments, starts the same command again until each has ended, and holds accuracy matrix, curves or bounds, metrics but for
# times, and model against those of an undisturbed run. Prints the counts; ends with 1 if a byte differs.
#
#     framework/src/test/kills/kills.sh [KILLS] [KIND...]     # from the top of the checkout; 20 kills per kind, all kinds
set -u
cd "$(dirname "$0")/../../../.." || exit 2
each=${1:-20}
[ $# -gt 0 ] && shift
scripts=framework/src/test/kills
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || for script in "$scripts"/*.yaml; do kinds+=("$(basename "$script" .yaml)"); done
sluice=${SLUICE:-./sluice}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=${SEED:-1}
all=0 inside=0 wrong=0

same() { # undisturbed and disturbed folders, of runs or of comparisons
  if [ -f "$1/comparison.csv" ]; then
    for run in "$1"/*-seed*; do same "$run" "$2/${run##*/}" || return 1; done
    [ ! -e "$2/checkpoints" ]
    return
  fi
  for file in accuracy-matrix.csv learning-curves.csv bounds.csv bounds-test.csv latents.csv model.sluice; do
    [ ! -f "$1/$file" ] || cmp -s "$1/$file" "$2/$file" || return 1
  done
  cmp -s <(grep -v 'seconds\|ms_per_step\|eval_share' "$1/metrics.csv") \
         <(grep -v 'seconds\|ms_per_step\|eval_share' "$2/metrics.csv")
}

ended() {
  [ -f "$1/run.json" ] || { [ -f "$1/runs.csv" ] && ! grep -q ',waiting,' "$1/runs.csv" && [ ! -e "$1/checkpoints" ]; }
}

for kind in "${kinds[@]}"; do
  begun=$(date +%s%N)
  "$sluice" run "$scripts/$kind.yaml" --out "$work/whole-$kind" --quiet >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  took=$((($(date +%s%N) - begun) / 1000000))
  kills=0 resumed=0 round=0 differ=0
  while [ $kills -lt "$each" ]; do
    round=$((round + 1))
    out=$work/$kind-$round
    while :; do
      "$sluice" run "$scripts/$kind.yaml" --out "$out" >"$work/log" 2>&1 &
      pid=$!
      # bash draws up to 32767
      sleep "$(awk -v r=$RANDOM -v t=$took 'BEGIN { printf "%.3f", 0.3 + r / 32767 * t / 1000 }')"
      killed=
      if [ $kills -lt "$each" ] && kill -9 $pid 2>/dev/null; then killed=1; kills=$((kills + 1)); fi
      wait $pid 2>/dev/null
      code=$?
      grep -q "goes on from the checkpoint" "$work/log" && resumed=$((resumed + 1))
      # killed after it had put its results in their place: it has ended
      [ -n "$killed" ] && ! ended "$out" && continue
      [ -z "$killed" ] || break
      [ $code -eq 0 ] || { echo "$kind: exit code $code"; cat "$work/log"; exit 1; }
      break
    done
    same "$work/whole-$kind" "$out" || { differ=$((differ + 1)); echo "$kind, round $round: other bytes"; }
    rm -rf "$out"
  done
  printf '%-24s %4d kills, %4d times gone on with inside a task, %3d runs ended, %d with other bytes\n' \
    "$kind" $kills $resumed $round $differ
  all=$((all + kills)) inside=$((inside + resumed)) wrong=$((wrong + differ))
done
printf '%-24s %4d kills, %4d times gone on with inside a task, %d with other bytes\n' "all" $all $inside $wrong
[ $wrong -eq 0 ]
