#!/usr/bin/env bash
# Prove on an empty Debian 12 that our package lists are complete: debootstrap one into a folder, copy the last commit in, and
# run `make run` (virtual display, demo, live) and one journey of `make test` there. Root, about 3 GB and 10 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "make bare needs root: it makes a chroot." >&2; exit 1; }
command -v debootstrap >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends debootstrap >&2; }
root=${BARE_ROOT:-$(mktemp -d /var/tmp/livestall-bare.XXXXXX)}
mirror=$(sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:[^ ]+).*/\3/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -n 1 || true)

clean_up() {
  for place in proc sys dev/pts dev/shm dev; do mountpoint -q "$root/$place" && umount -l "$root/$place"; done
  [ -n "${BARE_KEEP:-}" ] || rm -rf --one-file-system "$root"
}
trap clean_up EXIT

echo "==> An empty Debian 12 in $root" >&2
[ -e "$root/bin/sh" ] || debootstrap --variant=minbase --include=ca-certificates,python3,python3-pip,make bookworm "$root" ${mirror:+"$mirror"} >"$root.log" 2>&1 \
  || { tail -n 20 "$root.log" >&2; exit 1; }
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --bind /dev "$root/dev"
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || true
mount -t tmpfs shm "$root/dev/shm"
# What the machine needs to reach its package sources: resolver, certificates, apt and pip settings.
needed=()
for path in etc/resolv.conf etc/hosts etc/apt etc/ssl/certs usr/local/share/ca-certificates etc/pip.conf; do
  [ -e "/$path" ] && needed+=("$path")
done
# Links are followed, and what is there already goes first: a link of the chroot would lead back to this machine's files.
tar -C / -ch "${needed[@]}" | tar -C "$root" -x --recursive-unlink
mkdir -p "$root/home/livestall"
git archive HEAD | tar -C "$root/home/livestall" -x

inside() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 $(env | grep -E '^(https?_proxy|no_proxy|PIP_|UV_|SSL_)' | tr '\n' ' ') \
  sh -c "cd /home/livestall && $*"; }
echo "==> make run" >&2
inside 'make run ARGS="--exit-after 25 --ready-json --port 18787"' | tee "$root.run"
grep -q '"viewer_url"' "$root.run" || { echo "The studio did not get ready." >&2; exit 1; }
echo "==> make test (the first journey)" >&2
inside 'make test TESTS=tests/journeys/test_go_live.py'
echo "==> The package lists are complete." >&2
