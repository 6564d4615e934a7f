from qiantai import main

main()
