# Puts limits on itself and becomes the program that is named.
# Arguments: what is limited to how much (data in KiB, files), files of control groups to which it adds itself, then -- and the program with its arguments.
ulimit -c 0
while [ "$1" != -- ]; do
    case $1 in
        data=*) ulimit -d "${1#data=}" || exit 126 ;;
        files=*) ulimit -n "${1#files=}" || exit 126 ;;
        group=*) echo $$ >"${1#group=}" || exit 126 ;;
    esac
    shift
done
shift
exec "$@"
