# Reads lines from its standard input: what to do, and with which child's processes (a negative number is a group).
# At the end of its input, which comes when the kernel ends in whatever way, it kills all that it was told to keep.
trap '' INT TERM HUP QUIT
children=' '
while read -r what child others; do
    case $what in
        keep) children="$children$child " ;;
        gone)
            case $children in
                *" $child "*) children="${children%%" $child "*} ${children#*" $child "}" ;;
            esac
            ;;
        pause) kill -STOP "$child" $others 2>/dev/null ;;
        continue) kill -CONT "$child" $others 2>/dev/null ;;
        kill) kill -KILL "$child" $others 2>/dev/null ;;
    esac
done
for child in $children; do
    kill -KILL "-$child" 2>/dev/null
    kill -KILL "$child" 2>/dev/null
done
