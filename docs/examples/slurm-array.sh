#!/bin/sh
# Eight parts of one run:
#   DAY=2026-11-21 sbatch slurm-array.sh
# then, when all have ended:
#   appeal merge parts/* -o letters
#SBATCH --job-name=appeal-letters
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=256M
#SBATCH --time=01:00:00
#SBATCH --requeue
umask 077
part=$SLURM_ARRAY_TASK_ID
appeal batch intake -o "parts/$part" --shard "$part/$SLURM_ARRAY_TASK_COUNT" \
    --jobs "${SLURM_CPUS_PER_TASK:-1}" --as-of "${DAY:?name the day, the same for all parts}"
# Exit code 1 says that records failed, not the part.
status=$?
[ "$status" -le 1 ]
